// SPDX-License-Identifier: MIT
// ALTER: the actions of ALTER TABLE, new names, new schemas.
#include "host/postgres/quote.hpp"
#include "host/sql/model_state.hpp"

namespace host::sql {
namespace {

// AT_DropColumn -> drop_column.
std::string action_name(std::string_view subtype) {
  std::string name;
  for (const char c : subtype.substr(sizeof("AT_") - 1)) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !name.empty()) name += '_';
    name += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return name;
}

}  // namespace

void ModelState::alter_table(const tree::Object& node, Node& statement) {
  const tree::Object& relation = tree::object(node, "relation");
  const ObjectName name = range_var(relation);
  Node* table = find_relation(name);
  const Node* before = snapshot(table);
  about(statement, name, before);

  Lexer lexer(source_->text(), name_span(position(relation)).end);
  const Token star = lexer.next();
  const std::vector<Span> pieces =
      comma_pieces(lexer.is_symbol(star, '*') ? star.end_offset : star.offset);
  const boost::json::array& commands = tree::array(node, "cmds");
  for (std::size_t i = 0; i < commands.size() && i < pieces.size(); ++i) {
    const tree::Object& command = tree::body(commands[i], "AlterTableCmd");
    const tree::Value* definition = tree::find(command, "def");
    const tree::Object& def =
        definition != nullptr ? tree::body(*definition) : tree::empty_object();
    std::string action = action_name(tree::text(command, "subtype"));
    if (action == "column_default") action = definition != nullptr ? "set_default" : "drop_default";

    Node& sub = subcommand(statement, action, pieces[i]);
    std::string_view part = tree::text(command, "name");
    if (part.empty()) part = tree::text(def, action == "add_column" ? "colname" : "conname");
    const Node* target = before;
    if (Node* own = column(table, part); own != nullptr && action != "add_column")
      target = snapshot(own);
    else if (Node* constraint = child(table, CONFITURE_LIST_CONSTRAINTS, part);
             constraint != nullptr && action.ends_with("constraint"))
      target = snapshot(constraint);
    about(sub, name, target);
    if (!part.empty()) sub.set(CONFITURE_PROP_NAME, keep(part));
    if (action.starts_with("drop_"))
      sub.set(CONFITURE_PROP_BEHAVIOR,
              tree::text(command, "behavior") == "DROP_CASCADE" ? "cascade" : "restrict");
    if (tree::truth(command, "missing_ok"))
      sub.set(action.starts_with("add_") ? CONFITURE_PROP_IF_NOT_EXISTS : CONFITURE_PROP_IF_EXISTS,
              1);
    if (tree::truth(def, "concurrent")) sub.set(CONFITURE_PROP_CONCURRENTLY, 1);
    if (table != nullptr && table->kind == CONFITURE_NODE_TABLE)
      alter_command(table, command, pieces[i]);
  }
}

void ModelState::alter_command(Node* table, const tree::Object& command, const Span& span) {
  const std::string_view type = tree::text(command, "subtype");
  const std::string_view name = tree::text(command, "name");
  const tree::Value* definition = tree::find(command, "def");
  const tree::Object& def = definition != nullptr ? tree::body(*definition) : tree::empty_object();
  Node* own = column(table, name);
  if (type == "AT_AddColumn") {
    if (column(table, tree::text(def, "colname")) != nullptr) return;
    // The definition begins after ADD [COLUMN] [IF NOT EXISTS], where the tree says.
    add_column(*table, def, {position(def), span.end});
  } else if (type == "AT_AddConstraint") {
    add_constraint(*table, nullptr, def, {position(def), span.end});
  } else if (type == "AT_DropColumn" && own != nullptr) {
    drop_column(*table, own);
  } else if (type == "AT_DropConstraint") {
    if (Node* constraint = child(table, CONFITURE_LIST_CONSTRAINTS, name))
      drop_child(constraint, CONFITURE_LIST_CONSTRAINTS);
  } else if (type == "AT_ValidateConstraint") {
    if (Node* constraint = child(table, CONFITURE_LIST_CONSTRAINTS, name))
      constraint->set(CONFITURE_PROP_VALID, 1);
  } else if (type == "AT_SetNotNull" && own != nullptr) {
    own->set(CONFITURE_PROP_NULLABLE, 0);
  } else if (type == "AT_DropNotNull" && own != nullptr) {
    own->set(CONFITURE_PROP_NULLABLE, 1);
  } else if (type == "AT_ColumnDefault" && own != nullptr) {
    own->unset(CONFITURE_PROP_DEFAULT_SQL);
    if (definition == nullptr) return;
    own->set(CONFITURE_PROP_DEFAULT_SQL, slice({after_word(span, {"default"}), span.end}));
  } else if (type == "AT_AddIdentity" && own != nullptr) {
    own->set(CONFITURE_PROP_IDENTITY, 1);
  } else if (type == "AT_DropIdentity" && own != nullptr) {
    own->unset(CONFITURE_PROP_IDENTITY);
  } else if (type == "AT_AlterColumnType" && own != nullptr) {
    set_type(*own, tree::object(def, "typeName"));
  } else if (type == "AT_SetLogged") {
    table->unset(CONFITURE_PROP_UNLOGGED);
  } else if (type == "AT_SetUnLogged") {
    table->set(CONFITURE_PROP_UNLOGGED, 1);
  } else if (type == "AT_AttachPartition") {
    if (Node* partition = find_relation(range_var(tree::object(def, "name"))))
      if (partition->kind == CONFITURE_NODE_TABLE)
        partition_of(*partition, *table, {partition->offset, partition->end_offset});
  } else if (type == "AT_DetachPartition") {
    if (Node* partition = find_relation(range_var(tree::object(def, "name")))) {
      partition->unset(CONFITURE_PROP_PARTITION);
      std::erase(partitions_[table], partition);
    }
  }
}

// Takes the constraints and indexes that stand on the column with it, as the server does.
void ModelState::drop_column(Node& table, Node* gone) {
  for (const std::uint32_t list : {CONFITURE_LIST_CONSTRAINTS, CONFITURE_LIST_INDEXES}) {
    const std::vector<const Node*> parts = table.list(list);
    for (const Node* part : parts)
      for (const Node* one : part->list(CONFITURE_LIST_COLUMNS))
        if (one == gone) {
          drop_child(mutable_node(part), list);
          forget_name(part);
          break;
        }
  }
  drop_child(gone, CONFITURE_LIST_COLUMNS);
}

void ModelState::rename(const tree::Object& node, Node& statement) {
  const std::string_view type = tree::text(node, "renameType");
  const std::string_view to = tree::text(node, "newname");
  const std::string_view from = tree::text(node, "subname");
  const ObjectName name = range_var(tree::object(node, "relation"));
  Node* relation = name.name.empty() ? nullptr : find_relation(name);
  Node* renamed = relation;
  if (type == "OBJECT_COLUMN") renamed = column(relation, from);
  if (type == "OBJECT_TABCONSTRAINT") renamed = child(relation, CONFITURE_LIST_CONSTRAINTS, from);

  Node& sub = subcommand(statement, "rename_" + object_word(type),
                         {current_->offset, current_->end_offset});
  const Node* target = snapshot(renamed);
  if (!name.name.empty()) about(statement, name, relation == renamed ? target : relation);
  if (!name.name.empty()) about(sub, name, target);
  if (!from.empty()) sub.set(CONFITURE_PROP_NAME, keep(from));
  if (renamed == nullptr) return;
  if (renamed == relation) {
    move_relation(*renamed,
                  {std::string(renamed->text(CONFITURE_PROP_SCHEMA_NAME)), std::string(to)});
  } else {
    renamed->set(CONFITURE_PROP_NAME, keep(to));
    renamed->set(CONFITURE_PROP_QUALIFIED_NAME,
                 keep(std::string(relation->text(CONFITURE_PROP_QUALIFIED_NAME)) + "." +
                      postgres::quote_identifier(to)));
  }
}

void ModelState::move_relation(Node& node, const ObjectName& to) {
  forget_name(&node);
  relations_[key(to.schema, to.name)] = &node;
  node.set(CONFITURE_PROP_NAME, keep(to.name));
  node.set(CONFITURE_PROP_SCHEMA_NAME, keep(to.schema));
  node.set(CONFITURE_PROP_QUALIFIED_NAME, keep(postgres::TableName{to.schema, to.name}.sql()));
  for (const Node* part : node.list(CONFITURE_LIST_CHILDREN)) {
    if (part->kind == CONFITURE_NODE_INDEX) continue;
    mutable_node(part)->set(CONFITURE_PROP_SCHEMA_NAME, node.text(CONFITURE_PROP_SCHEMA_NAME));
    mutable_node(part)->set(CONFITURE_PROP_QUALIFIED_NAME,
                            keep(std::string(node.text(CONFITURE_PROP_QUALIFIED_NAME)) + "." +
                                 postgres::quote_identifier(part->text(CONFITURE_PROP_NAME))));
  }
}

void ModelState::set_schema(const tree::Object& node, Node& statement) {
  const ObjectName name = range_var(tree::object(node, "relation"));
  if (name.name.empty()) return;
  Node* relation = find_relation(name);
  const Node* target = snapshot(relation);
  about(statement, name, target);
  about(subcommand(statement, "set_schema", {current_->offset, current_->end_offset}), name,
        target);
  if (relation != nullptr)
    move_relation(*relation, {std::string(tree::text(node, "newschema")),
                              std::string(relation->text(CONFITURE_PROP_NAME))});
}

}  // namespace host::sql
