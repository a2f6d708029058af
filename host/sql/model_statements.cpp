// SPDX-License-Identifier: MIT
// The walk over a script: a node for each statement, and the change that it makes.
#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/sql/model_state.hpp"

namespace host::sql {

void ModelState::apply(const Script& script, const SchemaModel::Each& each) {
  sources_.push_back(script.shared_source());
  source_ = sources_.back().get();
  search_path_.clear();  // of a session of its own
  ++script_;
  Node& file = file_node();
  session_ =
      SessionState(file.integer(CONFITURE_PROP_TRANSACTIONAL) != 0,
                   {options_.lock_timeout, options_.statement_timeout, options_.idle_timeout});
  locks_.clear();
  const std::size_t first = statements.size();
  for (const Statement& one : script.statements())
    if (one.tree != nullptr) apply(one, file, each);
  resolve_references();
  resolve_reads();
  if (each) each(file);
  // The trees go with the script.
  for (std::size_t i = first; i < statements.size(); ++i)
    mutable_node(statements[i])->tree = nullptr;
  bodies_.clear();
}

Node& ModelState::file_node() {
  Node& file = arena_.add(CONFITURE_NODE_FILE);
  by_kind_[CONFITURE_NODE_FILE].push_back(&file);
  locate(file, {0, source_->text().size()});
  file.set(CONFITURE_PROP_NAME, source_->name());
  file.set(CONFITURE_PROP_SQL, source_->text());
  const std::string_view name = std::string_view(source_->name());
  const std::string_view base = name.substr(name.rfind('/') + 1);
  const auto known = facts.find(source_->name());
  const MigrationFacts fact = known != facts.end() ? known->second : MigrationFacts();
  file.set(CONFITURE_PROP_VERSION, fact.version
                                       ? keep(*fact.version)
                                       : base.substr(0, base.find_first_not_of("0123456789")));
  if (options_.migrations) file.set(CONFITURE_PROP_MIGRATION, 1);
  if (fact.has_down) file.set(CONFITURE_PROP_HAS_DOWN, 1);
  if (fact.applied) file.set(CONFITURE_PROP_APPLIED, 1);
  if (fact.edited) file.set(CONFITURE_PROP_EDITED, 1);
  header_settings(file);
  bool transactional = fact.transactional.value_or(options_.in_transaction);
  for (const Node* one : file.list(CONFITURE_LIST_SETTINGS))
    if (one->text(CONFITURE_PROP_NAME) == "transaction")
      transactional = one->text(CONFITURE_PROP_VALUE) != "off";
  if (transactional) file.set(CONFITURE_PROP_TRANSACTIONAL, 1);
  return file;
}

// The comments above the first statement: `-- author: ada`.
void ModelState::header_settings(Node& file) {
  std::uint64_t offset = 0;
  const std::string_view text = source_->text();
  while (offset <= text.size()) {
    const std::uint64_t end = std::min<std::uint64_t>(text.find('\n', offset), text.size());
    const std::string_view trimmed = trim(text.substr(offset, end - offset));
    if (!trimmed.empty() && !trimmed.starts_with("--")) return;
    const std::size_t colon = trimmed.find(':');
    const std::string_view name =
        colon == std::string_view::npos ? "" : trim(trimmed.substr(2, colon - 2));
    if (!name.empty() && name.find(' ') == std::string_view::npos)
      setting(file, name, trim(trimmed.substr(colon + 1)), {offset, end});
    offset = end + 1;
  }
}

void ModelState::apply(const Statement& one, Node& file, const SchemaModel::Each& each) {
  current_ = &one;
  const std::string_view type = tree::type(*one.tree);
  const tree::Object& node = tree::body(*one.tree);
  Node& statement = statement_node(one, file);
  change(type, node, statement);
  note_lock(statement, type, node);
  if (type == "DoStmt") do_block(node, statement, each, file);
  if (each) each(statement);
  hold_locks(statement);
  if (type == "TransactionStmt" && session_.transaction(node)) locks_.clear();
  current_ = nullptr;
}

Node& ModelState::statement_node(const Statement& one, Node& file) {
  Node& node = arena_.add(CONFITURE_NODE_STATEMENT);
  node.file = source_->name();
  node.line = one.place.line;
  node.column = one.place.column;
  node.end_line = one.end_place.line;
  node.end_column = one.end_place.column;
  node.offset = one.offset;
  node.end_offset = one.end_offset;
  node.tree = one.tree;
  node.set(CONFITURE_PROP_SQL, one.text);
  node.set(CONFITURE_PROP_STATEMENT_TAG, keep(one.tag));
  node.set(CONFITURE_PROP_TREE_OFFSET, static_cast<std::int64_t>(one.tree_offset));
  node.set_link(CONFITURE_LINK_PARENT, &file);
  trees_.attach(node, one.text);
  file.append(CONFITURE_LIST_STATEMENTS, &node);
  statements.push_back(&node);
  if (in_body_) node.set(CONFITURE_PROP_IN_BODY, 1);
  if (!options_.migrations) return node;
  node.set(CONFITURE_PROP_MIGRATION, 1);
  node.set(CONFITURE_PROP_SERVER_VERSION, options_.server_version);
  if (session_.in_transaction()) node.set(CONFITURE_PROP_IN_TRANSACTION, 1);
  if (session_.in_block()) node.set(CONFITURE_PROP_TRANSACTION_BLOCK, 1);
  if (one.outside_transaction)
    node.set(CONFITURE_PROP_NO_TRANSACTION_REASON, keep(one.no_transaction_reason));
  const SessionState::Timeouts& timeouts = session_.timeouts();
  node.set(CONFITURE_PROP_LOCK_TIMEOUT, timeouts.lock);
  node.set(CONFITURE_PROP_STATEMENT_TIMEOUT, timeouts.statement);
  node.set(CONFITURE_PROP_IDLE_TIMEOUT, timeouts.idle);
  for (const Node* lock : locks_) node.append(CONFITURE_LIST_LOCKS, lock);
  return node;
}

Node& ModelState::subcommand(Node& statement, std::string_view name, const Span& span) {
  Node& node = arena_.add(CONFITURE_NODE_SUBCOMMAND);
  locate(node, span);
  node.set(CONFITURE_PROP_SUBCOMMAND, keep(name));
  node.set(CONFITURE_PROP_SQL, slice(span));
  node.set_link(CONFITURE_LINK_PARENT, &statement);
  statement.append(CONFITURE_LIST_SUBCOMMANDS, &node);
  statement.append(CONFITURE_LIST_CHILDREN, &node);
  return node;
}

// `target` is the object itself or a copy of it as it was.
void ModelState::about(Node& node, const ObjectName& name, const Node* target) {
  ObjectName full = name;
  if (full.schema.empty() && target != nullptr)
    full.schema = target->text(CONFITURE_PROP_SCHEMA_NAME);
  if (!full.name.empty()) node.set(CONFITURE_PROP_QUALIFIED_NAME, keep(qualified(full)));
  if (!full.schema.empty()) node.set(CONFITURE_PROP_SCHEMA_NAME, keep(full.schema));
  if (target == nullptr) return;
  node.set_link(CONFITURE_LINK_TARGET, target);
  if (target->made_in == script_) node.set(CONFITURE_PROP_CREATED_HERE, 1);
}

void ModelState::change(std::string_view type, const tree::Object& node, Node& statement) {
  if (tree::truth(node, "concurrent")) statement.set(CONFITURE_PROP_CONCURRENTLY, 1);
  if (tree::truth(node, "if_not_exists")) statement.set(CONFITURE_PROP_IF_NOT_EXISTS, 1);
  if (tree::truth(node, "missing_ok")) statement.set(CONFITURE_PROP_IF_EXISTS, 1);
  if (tree::truth(node, "replace")) statement.set(CONFITURE_PROP_REPLACE, 1);
  if (tree::text(node, "behavior") == "DROP_CASCADE")
    statement.set(CONFITURE_PROP_BEHAVIOR, "cascade");

  if (type == "AlterTableStmt") return alter_table(node, statement);
  if (type == "RenameStmt") return rename(node, statement);
  if (type == "AlterObjectSchemaStmt") return set_schema(node, statement);
  if (type == "AlterOwnerStmt") return set_owner(node, statement);
  if (type == "AlterFunctionStmt") return alter_function(node, statement);
  if (type == "AlterDomainStmt") return alter_domain(node, statement);
  if (type == "AlterEnumStmt") return alter_enum(node, statement);
  if (type == "AlterSeqStmt") return alter_sequence(node, statement);
  if (type == "AlterPolicyStmt") return alter_policy(node, statement);
  if (type == "AlterPublicationStmt") return alter_publication(node, statement);
  if (type == "AlterRoleStmt") return create_role(node, statement);
  if (type == "DropStmt") return drop_objects(node, statement);
  if (type == "GrantStmt") return grant(node, statement, nullptr);
  if (type == "AlterDefaultPrivilegesStmt")
    return grant(tree::object(node, "action"), statement, &node);
  if (type == "CommentStmt" || type == "SecLabelStmt") return comment(node, statement);
  if (type == "VariableSetStmt") return set_variable(node, statement);
  if (type.starts_with("Create") || type == "IndexStmt" || type == "ViewStmt" ||
      type == "CompositeTypeStmt" || type == "RuleStmt")
    return create(type, node, statement);
  use(type, node, statement);
}

void ModelState::create(std::string_view type, const tree::Object& node, Node& statement) {
  if (type == "CreateStmt") create_table(node, statement, false);
  if (type == "CreateForeignTableStmt") create_table(tree::object(node, "base"), statement, true);
  if (type == "CreateTableAsStmt") create_table_as(node, statement);
  if (type == "IndexStmt") create_index(node, statement);
  if (type == "ViewStmt") create_view(node, statement);
  if (type == "CreateFunctionStmt") create_function(node, statement);
  if (type == "CreateTrigStmt") create_trigger(node, statement);
  if (type == "CreatePolicyStmt") create_policy(node, statement);
  if (type == "CreateEnumStmt")
    create_type(CONFITURE_NODE_ENUM_TYPE, tree::array(node, "typeName"), node, statement);
  if (type == "CreateRangeStmt")
    create_type(CONFITURE_NODE_RANGE_TYPE, tree::array(node, "typeName"), node, statement);
  if (type == "CompositeTypeStmt")
    create_type(CONFITURE_NODE_COMPOSITE_TYPE, tree::empty_array(), node, statement);
  if (type == "CreateDomainStmt") create_domain(node, statement);
  if (type == "CreateSeqStmt") create_sequence(node, statement);
  if (type == "CreateSchemaStmt") create_schema(node, statement);
  if (type == "CreateExtensionStmt") create_extension(node, statement);
  if (type == "CreateRoleStmt") create_role(node, statement);
  if (type == "CreatePublicationStmt") create_publication(node, statement);
  if (type == "RuleStmt") create_rule(node, statement);
}

// Statements that change no definition.
void ModelState::use(std::string_view type, const tree::Object& node, Node& statement) {
  if (type == "SelectStmt") return set_config(node);
  if (type == "TruncateStmt")
    return on_relations(tree::array(node, "relations"), "truncate_table", statement);
  if (type == "LockStmt")
    return on_relations(tree::array(node, "relations"), "lock_table", statement);
  if (type == "VacuumStmt") return on_relations(tree::array(node, "rels"), "vacuum", statement);
  const tree::Object& relation = tree::object(node, "relation");
  if (relation.empty()) return;
  const ObjectName name = range_var(relation);
  about(statement, name, find_relation(name));
  if (tree::find(node, "whereClause") != nullptr) statement.set(CONFITURE_PROP_HAS_WHERE, 1);
  for (const tree::Value& option : tree::array(node, "params"))
    if (tree::text(tree::body(option), "defname") == "concurrently")
      statement.set(CONFITURE_PROP_CONCURRENTLY, 1);
}

// One subcommand for each relation in a list.
void ModelState::on_relations(const tree::Array& relations, std::string_view action,
                              Node& statement) {
  for (const tree::Value& item : relations) {
    const tree::Object& relation = tree::type(item) == "VacuumRelation"
                                       ? tree::object(tree::body(item), "relation")
                                       : tree::body(item);
    const ObjectName name = range_var(relation);
    Node& sub = subcommand(statement, action, name_span(position(relation)));
    about(sub, name, find_relation(name));
    sub.set(CONFITURE_PROP_NAME, keep(name.name));
    if (const std::string_view cascade = statement.text(CONFITURE_PROP_BEHAVIOR); !cascade.empty())
      sub.set(CONFITURE_PROP_BEHAVIOR, cascade);
  }
}

void ModelState::set_variable(const tree::Object& node, Node& statement) {
  const std::string_view kind = tree::text(node, "kind");
  session_.set(node);
  statement.set(CONFITURE_PROP_NAME, keep(tree::text(node, "name")));
  std::string value;
  for (const tree::Value& one : tree::array(node, "args"))
    value += (value.empty() ? "" : ", ") + tree::scalar_text(one);
  if (kind == "VAR_SET_VALUE") statement.set(CONFITURE_PROP_VALUE, keep(value));
  if (tree::truth(node, "is_local")) statement.set(CONFITURE_PROP_LOCAL, 1);
  if (kind != "VAR_RESET_ALL" && tree::text(node, "name") != "search_path") return;
  search_path_.clear();
  for (const tree::Value& item : tree::array(node, "args"))
    add_to_search_path(tree::text(tree::object(tree::body(item, "A_Const"), "sval"), "sval"));
}

// SELECT pg_catalog.set_config('search_path', '...', false), as pg_dump writes it.
void ModelState::set_config(const tree::Object& node) {
  for (const tree::Value& item : tree::array(node, "targetList")) {
    const tree::Object& target = tree::body(item, "ResTarget");
    const tree::Object& call = tree::object(tree::object(target, "val"), "FuncCall");
    const tree::Array& arguments = tree::array(call, "args");
    if (name_list(tree::array(call, "funcname")).name != "set_config" || arguments.size() < 2)
      continue;
    const auto argument = [&](std::size_t i) {
      return tree::text(tree::object(tree::body(arguments[i], "A_Const"), "sval"), "sval");
    };
    if (arguments.size() > 2) {
      const tree::Object& local = tree::body(arguments[2], "A_Const");
      session_.set(argument(0), setting_milliseconds(argument(1)),
                   tree::truth(tree::object(local, "boolval"), "boolval"));
    }
    if (argument(0) != "search_path") continue;
    search_path_.clear();
    for (const std::string& part : split_text(argument(1), ',')) add_to_search_path(trim(part));
  }
}

void ModelState::add_to_search_path(std::string_view schema) {
  if (schema.size() > 1 && schema.front() == '"') schema = schema.substr(1, schema.size() - 2);
  if (!schema.empty() && schema != "$user") search_path_.emplace_back(schema);
}

}  // namespace host::sql
