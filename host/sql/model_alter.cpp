// SPDX-License-Identifier: MIT
// ALTER TABLE, and ALTER VIEW, INDEX, ... where the parser makes the same of them.
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

bool is_table(const Node* node) {
  return node != nullptr &&
         (node->kind == CONFITURE_NODE_TABLE || node->kind == CONFITURE_NODE_FOREIGN_TABLE);
}

}  // namespace

void ModelState::alter_table(const tree::Object& node, Node& statement) {
  const tree::Object& relation = tree::object(node, "relation");
  const ObjectName name = range_var(relation);
  const Span span = name_span(position(relation));
  const std::string_view object_type = tree::text(node, "objtype");
  const bool type = object_type == "OBJECT_TYPE";
  Node* table = type ? find(types_, name) : find_relation(name);
  statement.set(CONFITURE_PROP_OBJECT_TYPE, keep(object_word(object_type)));
  if (!tree::truth(relation, "inh") && !type) statement.set(CONFITURE_PROP_ONLY, 1);
  const Node* before = snapshot(table);
  about(statement, name, before);
  if (table == nullptr && object_type == "OBJECT_TABLE") table = assume_table(name, span);
  if (table != nullptr) statement.set_link(CONFITURE_LINK_RESULT, table);

  Lexer lexer(source_->text(), span.end);
  const Token star = lexer.next();
  const std::vector<Span> pieces =
      comma_pieces(lexer.is_symbol(star, '*') ? star.end_offset : star.offset);
  const tree::Array& commands = tree::array(node, "cmds");
  for (std::size_t i = 0; i < commands.size() && i < pieces.size(); ++i) {
    const tree::Object& command = tree::body(commands[i], "AlterTableCmd");
    const tree::Value* definition = tree::find(command, "def");
    const tree::Object& def =
        definition != nullptr ? tree::body(*definition) : tree::empty_object();
    std::string action = action_name(tree::text(command, "subtype"));
    if (action == "column_default") action = definition != nullptr ? "set_default" : "drop_default";
    if (action == "set_un_logged") action = "set_unlogged";

    Node& sub = subcommand(statement, action, pieces[i]);
    std::string_view part = tree::text(command, "name");
    if (part.empty()) part = tree::text(def, action == "add_column" ? "colname" : "conname");
    const Node* target = before;
    if (Node* own = column(table, part); own != nullptr && action != "add_column")
      target = before != nullptr ? counterpart(own, table, before) : nullptr;
    else if (Node* constraint = child(table, CONFITURE_LIST_CONSTRAINTS, part);
             constraint != nullptr && action.ends_with("constraint"))
      target = before != nullptr ? counterpart(constraint, table, before) : nullptr;
    about(sub, name, target);
    if (!part.empty()) sub.set(CONFITURE_PROP_NAME, keep(part));
    if (action.starts_with("drop_"))
      sub.set(CONFITURE_PROP_BEHAVIOR,
              tree::text(command, "behavior") == "DROP_CASCADE" ? "cascade" : "restrict");
    if (tree::truth(command, "missing_ok"))
      sub.set(action.starts_with("add_") ? CONFITURE_PROP_IF_NOT_EXISTS : CONFITURE_PROP_IF_EXISTS,
              1);
    if (tree::truth(def, "concurrent")) sub.set(CONFITURE_PROP_CONCURRENTLY, 1);
    if (action == "attach_partition" || action == "detach_partition") {
      if (is_table(table))
        alter_partition(*table, def, sub, action == "attach_partition", pieces[i]);
    } else if (is_table(table)) {
      const std::size_t made = by_kind_[CONFITURE_NODE_CONSTRAINT].size();
      if (const Node* result = alter_command(*table, command, pieces[i]))
        sub.set_link(CONFITURE_LINK_RESULT, result);
      if (action == "add_column")
        for (std::size_t c = made; c < by_kind_[CONFITURE_NODE_CONSTRAINT].size(); ++c)
          sub.append(CONFITURE_LIST_CONSTRAINTS, by_kind_[CONFITURE_NODE_CONSTRAINT][c]);
      if (action == "alter_column_type" && tree::find(def, "raw_default") != nullptr)
        sub.set(CONFITURE_PROP_USING_SQL, slice({after_word(pieces[i], {"using"}), pieces[i].end}));
    } else if (table != nullptr) {
      alter_property(*table, command, nullptr, pieces[i]);
    }
  }
}

// Not the statement that made its table says what the column is, but this one.
void ModelState::note_definition(Node& column) {
  column.set(CONFITURE_PROP_SQL, current_->text);
  column.set(CONFITURE_PROP_TREE_OFFSET, tree_offset());
}

Node* ModelState::alter_command(Node& table, const tree::Object& command, const Span& span) {
  const std::string_view type = tree::text(command, "subtype");
  const std::string_view name = tree::text(command, "name");
  const tree::Value* definition = tree::find(command, "def");
  const tree::Object& def = definition != nullptr ? tree::body(*definition) : tree::empty_object();
  Node* own = column(&table, name);
  if (type == "AT_AddColumn") {
    if (Node* there = column(&table, tree::text(def, "colname"))) return there;
    // The definition begins after ADD [COLUMN] [IF NOT EXISTS], where the tree says.
    Node& added = add_column(table, def, {position(def), span.end});
    note_definition(added);
    return &added;
  }
  if (type == "AT_AddConstraint")
    return add_constraint(table, nullptr, def, {position(def), span.end});
  if (type == "AT_DropColumn") {
    if (own != nullptr) drop_column(table, own);
    return nullptr;
  }
  if (Node* constraint = child(&table, CONFITURE_LIST_CONSTRAINTS, name)) {
    if (type == "AT_DropConstraint")
      return drop_child(constraint, CONFITURE_LIST_CONSTRAINTS), nullptr;
    if (type == "AT_ValidateConstraint") {
      constraint->set(CONFITURE_PROP_VALID, 1);
      return constraint;
    }
  }
  if ((type == "AT_AlterColumnType" || type == "AT_SetNotNull") && own == nullptr &&
      table.integer(CONFITURE_PROP_ASSUMED) != 0) {
    // It is so from now on.
    own = &make_copy(CONFITURE_NODE_COLUMN, table, name, name_span(span.offset));
    table.append(CONFITURE_LIST_COLUMNS, own);
    own->set(CONFITURE_PROP_NULLABLE, 1);
  }
  return alter_property(table, command, own, span) && own != nullptr ? own : &table;
}

// What is no part of its own: properties of the column, or of the relation.
bool ModelState::alter_property(Node& table, const tree::Object& command, Node* own,
                                const Span& span) {
  const std::string_view type = tree::text(command, "subtype");
  const tree::Value* definition = tree::find(command, "def");
  const tree::Object& def = definition != nullptr ? tree::body(*definition) : tree::empty_object();
  const auto is = [type](std::string_view name) { return type.substr(sizeof("AT_") - 1) == name; };
  if (own != nullptr) {
    if (is("SetNotNull")) own->set(CONFITURE_PROP_NULLABLE, 0);
    if (is("DropNotNull")) own->set(CONFITURE_PROP_NULLABLE, 1);
    if (is("ColumnDefault")) {
      own->unset(CONFITURE_PROP_DEFAULT_SQL);
      if (definition != nullptr)
        own->set(CONFITURE_PROP_DEFAULT_SQL, slice({after_word(span, {"default"}), span.end}));
    }
    if (is("AddIdentity")) {
      own->set(CONFITURE_PROP_IDENTITY, 1);
      own->set(CONFITURE_PROP_IDENTITY_KIND,
               tree::text(def, "generated_when") == "a" ? "always" : "by_default");
    }
    if (is("DropIdentity")) own->unset(CONFITURE_PROP_IDENTITY);
    if (is("AlterColumnType")) {
      set_type(*own, tree::object(def, "typeName"));
      note_definition(*own);
    }
    return true;
  }
  if (is("SetLogged")) table.unset(CONFITURE_PROP_UNLOGGED);
  if (is("SetUnLogged")) table.set(CONFITURE_PROP_UNLOGGED, 1);
  if (is("EnableRowSecurity")) table.set(CONFITURE_PROP_ROW_SECURITY, 1);
  if (is("DisableRowSecurity")) table.unset(CONFITURE_PROP_ROW_SECURITY);
  if (is("ForceRowSecurity")) table.set(CONFITURE_PROP_FORCE_ROW_SECURITY, 1);
  if (is("NoForceRowSecurity")) table.unset(CONFITURE_PROP_FORCE_ROW_SECURITY);
  if (is("SetTableSpace")) table.set(CONFITURE_PROP_TABLESPACE, keep(tree::text(command, "name")));
  if (is("ChangeOwner"))
    table.set(CONFITURE_PROP_OWNER, keep(role_name(tree::object(command, "newowner"))));
  if (is("ReplicaIdentity")) {
    const std::string_view letter = tree::text(def, "identity_type");
    table.unset(CONFITURE_PROP_REPLICA_IDENTITY);
    if (letter == "f") table.set(CONFITURE_PROP_REPLICA_IDENTITY, "full");
    if (letter == "n") table.set(CONFITURE_PROP_REPLICA_IDENTITY, "nothing");
    if (letter == "i") table.set(CONFITURE_PROP_REPLICA_IDENTITY, "index");
  }
  if (is("SetRelOptions")) {
    settings(table, tree::array(def, "items"));
    if (table.kind == CONFITURE_NODE_VIEW) view_options(table);
  }
  const bool all = type.ends_with("TrigAll") || type.ends_with("TrigUser");
  if (is("DisableTrig") || is("EnableTrig") || all)
    for (const Node* trigger : table.list(CONFITURE_LIST_TRIGGERS))
      if (all || trigger->text(CONFITURE_PROP_NAME) == tree::text(command, "name"))
        mutable_node(trigger)->set(CONFITURE_PROP_ENABLED, type.starts_with("AT_Enable") ? 1 : 0);
  return false;
}

void ModelState::alter_partition(Node& table, const tree::Object& def, Node& sub, bool attach,
                                 const Span& span) {
  const tree::Object& relation = tree::object(def, "name");
  Node* partition = find_relation(range_var(relation));
  const Span place = name_span(position(relation));
  sub.set(CONFITURE_PROP_NAME, keep(tree::text(relation, "relname")));
  if (partition == nullptr) partition = assume_table(range_var(relation), place);
  if (!is_table(partition)) return;
  sub.set_link(CONFITURE_LINK_OTHER, snapshot(partition));
  sub.set_link(CONFITURE_LINK_RESULT, partition);
  if (attach) {
    partition_bound(*partition, tree::object(def, "bound"), span.end);
    partition_of(*partition, table, {partition->offset, partition->end_offset});
    return;
  }
  partition->unset(CONFITURE_PROP_PARTITION);
  partition->unset(CONFITURE_PROP_DEFAULT_PARTITION);
  partition->unset(CONFITURE_PROP_PARTITION_BOUND_SQL);
  partition->unset_link(CONFITURE_LINK_PARTITION_OF);
  table.remove(CONFITURE_LIST_PARTITIONS, partition);
  std::erase(partitions_[&table], partition);
}

// Takes the constraints and indexes that stand on the column with it, as the server does.
void ModelState::drop_column(Node& table, Node* gone) {
  for (const std::uint32_t list : {CONFITURE_LIST_CONSTRAINTS, CONFITURE_LIST_INDEXES}) {
    const Node::List& all = table.list(list);
    const std::vector<const Node*> parts(all.begin(), all.end());  // they change
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

}  // namespace host::sql
