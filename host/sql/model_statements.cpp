// SPDX-License-Identifier: MIT
// The walk over a script: a node for each statement, and the change that it makes.
#include "host/foundation/text.hpp"
#include "host/postgres/quote.hpp"
#include "host/sql/model_state.hpp"

namespace host::sql {

void ModelState::apply(const Script& script) {
  sources_.push_back(script.shared_source());
  source_ = sources_.back().get();
  search_path_.clear();  // of a session of its own
  ++script_;
  Node& file = arena_.add(CONFITURE_NODE_FILE);
  by_kind_[CONFITURE_NODE_FILE].push_back(&file);
  locate(file, {0, source_->text().size()});
  file.set(CONFITURE_PROP_NAME, source_->name());
  file.set(CONFITURE_PROP_SQL, source_->text());
  for (const Statement& one : script.statements())
    if (one.tree != nullptr) apply(one, file);
  resolve_references();
}

void ModelState::apply(const Statement& one, Node& file) {
  current_ = &one;
  const std::string_view type = tree::type(*one.tree);
  const tree::Object& node = tree::body(*one.tree);
  change(type, node, statement_node(one, file));
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
  node.set(CONFITURE_PROP_SQL, one.text);
  node.set(CONFITURE_PROP_STATEMENT_TAG, keep(one.tag));
  node.set(CONFITURE_PROP_IN_TRANSACTION, one.outside_transaction ? 0 : 1);
  node.set_link(CONFITURE_LINK_PARENT, &file);
  trees_.attach(node, one.text);
  file.append(CONFITURE_LIST_STATEMENTS, &node);
  statements.push_back(&node);
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
  node.set(CONFITURE_PROP_QUALIFIED_NAME,
           keep(full.schema.empty() ? postgres::quote_identifier(full.name)
                                    : postgres::TableName{full.schema, full.name}.sql()));
  if (!full.schema.empty()) node.set(CONFITURE_PROP_SCHEMA_NAME, keep(full.schema));
  if (target == nullptr) return;
  node.set_link(CONFITURE_LINK_TARGET, target);
  if (target->made_in == script_) node.set(CONFITURE_PROP_CREATED_HERE, 1);
}

void ModelState::change(std::string_view type, const tree::Object& node, Node& statement) {
  if (tree::truth(node, "concurrent")) statement.set(CONFITURE_PROP_CONCURRENTLY, 1);
  if (tree::truth(node, "if_not_exists")) statement.set(CONFITURE_PROP_IF_NOT_EXISTS, 1);
  if (tree::truth(node, "missing_ok")) statement.set(CONFITURE_PROP_IF_EXISTS, 1);

  if (type == "CreateStmt") {
    about(statement, range_var(tree::object(node, "relation")), nullptr);
    create_table(node);
  } else if (type == "CreateTableAsStmt") {
    about(statement, range_var(tree::object(tree::object(node, "into"), "rel")), nullptr);
    create_table_as(node);
  } else if (type == "AlterTableStmt") {
    alter_table(node, statement);
  } else if (type == "RenameStmt") {
    rename(node, statement);
  } else if (type == "AlterObjectSchemaStmt") {
    set_schema(node, statement);
  } else if (type == "DropStmt") {
    drop_objects(node, statement);
  } else if (type == "TruncateStmt") {
    for (const tree::Value& item : tree::array(node, "relations")) {
      const ObjectName name = range_var(tree::body(item));
      Node& sub = subcommand(statement, "truncate_table", name_span(position(tree::body(item))));
      about(sub, name, find_relation(name));
      sub.set(CONFITURE_PROP_NAME, keep(name.name));
    }
  } else if (type == "IndexStmt") {
    const ObjectName table = range_var(tree::object(node, "relation"));
    about(statement, table, find_relation(table));
    create_index(node);
  } else if (type == "ViewStmt") {
    about(statement, range_var(tree::object(node, "view")), nullptr);
    create_view(node);
  } else if (type == "CreateFunctionStmt") {
    create_function(node);
  } else if (type == "CreateTrigStmt") {
    create_on_table(CONFITURE_NODE_TRIGGER, node, "relation", "trigname");
  } else if (type == "CreatePolicyStmt") {
    create_on_table(CONFITURE_NODE_POLICY, node, "table", "policy_name");
  } else if (type == "CreateEnumStmt") {
    create_enum(node);
  } else if (type == "CreateSchemaStmt") {
    create_named(CONFITURE_NODE_SCHEMA, tree::text(node, "schemaname"), node);
  } else if (type == "CreateExtensionStmt") {
    create_named(CONFITURE_NODE_EXTENSION, tree::text(node, "extname"), node);
  } else if (type == "GrantStmt") {
    grant(node);
  } else if (type == "CommentStmt") {
    comment(node);
  } else if (type == "VariableSetStmt") {
    set_variable(node);
  } else if (type == "SelectStmt") {
    set_config(node);
  }
}

void ModelState::set_variable(const tree::Object& node) {
  const std::string_view kind = tree::text(node, "kind");
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
    const boost::json::array& arguments = tree::array(call, "args");
    if (name_list(tree::array(call, "funcname")).name != "set_config" || arguments.size() < 2)
      continue;
    const auto argument = [&](std::size_t i) {
      return tree::text(tree::object(tree::body(arguments[i], "A_Const"), "sval"), "sval");
    };
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
