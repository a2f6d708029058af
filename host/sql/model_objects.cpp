// SPDX-License-Identifier: MIT
// Triggers, rules, schemas, extensions, publications; comments and labels; names without an object.
#include "host/sql/model_state.hpp"

namespace host::sql {
namespace {

// TRIGGER_TYPE_* of PostgreSQL's pg_trigger.h.
constexpr std::int64_t trigger_before = 1 << 1, trigger_insert = 1 << 2, trigger_delete = 1 << 3,
                       trigger_update = 1 << 4, trigger_truncate = 1 << 5, trigger_instead = 1 << 6;

std::string event_list(std::int64_t events) {
  std::string result;
  const auto add = [&](std::int64_t bit, const char* word) {
    if ((events & bit) != 0) result += (result.empty() ? "" : ", ") + std::string(word);
  };
  add(trigger_insert, "insert");
  add(trigger_update, "update");
  add(trigger_delete, "delete");
  add(trigger_truncate, "truncate");
  return result;
}

}  // namespace

void ModelState::create_trigger(const tree::Object& node, Node& statement) {
  const tree::Object& relation = tree::object(node, "relation");
  const ObjectName name = range_var(relation);
  Node* table = find_relation(name);
  about(statement, name, snapshot(table));
  const Span span = name_span(position(relation));
  if (table == nullptr) unresolved("trigger", "table", name, span, *source_);
  if (table == nullptr) table = assume_table(name, span);
  if (table == nullptr) return;
  const Span own = name_span(after_word(whole(), {"trigger"}));
  const std::string_view trigger_name = tree::text(node, "trigname");
  Node* const first = child(table, CONFITURE_LIST_TRIGGERS, trigger_name);
  if (first != nullptr) drop_child(first, CONFITURE_LIST_TRIGGERS);
  Node& trigger = make_child(CONFITURE_NODE_TRIGGER, *table, trigger_name, own);
  table->append(CONFITURE_LIST_TRIGGERS, &trigger);
  note_written_name(trigger, own.offset);
  trigger.set(CONFITURE_PROP_SQL, current_->text);
  trigger.set(CONFITURE_PROP_TREE_OFFSET, tree_offset());
  const std::int64_t timing = tree::number(node, "timing");
  trigger.set(CONFITURE_PROP_TIMING, timing == trigger_before    ? "before"
                                     : timing == trigger_instead ? "instead_of"
                                                                 : "after");
  trigger.set(CONFITURE_PROP_EVENTS, keep(event_list(tree::number(node, "events"))));
  trigger.set(CONFITURE_PROP_ENABLED, 1);
  if (tree::truth(node, "row")) trigger.set(CONFITURE_PROP_FOR_EACH_ROW, 1);
  const ObjectName function = name_list(tree::array(node, "funcname"));
  trigger.set(CONFITURE_PROP_FUNCTION_NAME, keep(qualified(function)));
  if (const Node* found = find(functions_, function))
    trigger.set_link(CONFITURE_LINK_FUNCTION, found);
  if (tree::find(node, "whenClause") != nullptr)
    trigger.set(CONFITURE_PROP_WHEN_SQL,
                slice(parenthesized(after_word({span.end, current_->end_offset}, {"when"}))));
  statement.set_link(CONFITURE_LINK_RESULT, &trigger);
}

void ModelState::create_rule(const tree::Object& node, Node& statement) {
  const tree::Object& relation = tree::object(node, "relation");
  const ObjectName name = range_var(relation);
  Node* table = find_relation(name);
  about(statement, name, snapshot(table));
  if (table == nullptr) table = assume_table(name, name_span(position(relation)));
  if (table == nullptr) return;
  Node& rule = make_child(CONFITURE_NODE_REWRITE_RULE, *table, tree::text(node, "rulename"),
                          name_span(after_word(whole(), {"rule"})));
  rule.set(CONFITURE_PROP_SQL, current_->text);
  rule.set(CONFITURE_PROP_TREE_OFFSET, tree_offset());
  const std::string_view event = tree::text(node, "event");
  rule.set(CONFITURE_PROP_COMMAND, event == "CMD_INSERT"   ? "insert"
                                   : event == "CMD_UPDATE" ? "update"
                                   : event == "CMD_DELETE" ? "delete"
                                                           : "select");
  statement.set_link(CONFITURE_LINK_RESULT, &rule);
}

void ModelState::create_schema(const tree::Object& node, Node& statement) {
  const std::string owner = role_name(tree::object(node, "authrole"));
  std::string name(tree::text(node, "schemaname"));
  if (name.empty()) name = owner;
  Node*& place = named_[key("schema", name)];
  about(statement, {"", name}, place);
  if (place != nullptr && !dropped_.contains(place) && tree::truth(node, "if_not_exists")) return;
  place = &make(CONFITURE_NODE_SCHEMA, {"", name}, whole());
  if (!owner.empty()) place->set(CONFITURE_PROP_OWNER, keep(owner));
  statement.set_link(CONFITURE_LINK_RESULT, place);
}

void ModelState::create_extension(const tree::Object& node, Node& statement) {
  const std::string name(tree::text(node, "extname"));
  Node*& place = named_[key("extension", name)];
  about(statement, {"", name}, place);
  if (place != nullptr && !dropped_.contains(place) && tree::truth(node, "if_not_exists")) return;
  place = &make(CONFITURE_NODE_EXTENSION, {"", name}, whole());
  statement.set_link(CONFITURE_LINK_RESULT, place);
  std::string schema = home_schema({});
  for (const tree::Value& item : tree::array(node, "options")) {
    const tree::Object& option = tree::body(item, "DefElem");
    const tree::Value* argument = tree::find(option, "arg");
    if (argument == nullptr) continue;
    if (tree::text(option, "defname") == "schema") schema = tree::scalar_text(*argument);
    if (tree::text(option, "defname") == "new_version")
      place->set(CONFITURE_PROP_VERSION, keep(tree::scalar_text(*argument)));
  }
  place->set(CONFITURE_PROP_SCHEMA_NAME, keep(schema));
}

void ModelState::create_publication(const tree::Object& node, Node& statement) {
  const std::string name(tree::text(node, "pubname"));
  about(statement, {"", name}, nullptr);
  Node& made = make(CONFITURE_NODE_PUBLICATION, {"", name}, whole());
  named_[key("publication", name)] = &made;
  if (tree::truth(node, "for_all_tables")) made.set(CONFITURE_PROP_ALL_TABLES, 1);
  statement.set_link(CONFITURE_LINK_RESULT, &made);
  change_publication(made, node);
}

// The options and the tables that CREATE or ALTER PUBLICATION names.
void ModelState::change_publication(Node& publication, const tree::Object& node) {
  settings(publication, tree::array(node, "options"));
  const std::string_view action = tree::text(node, "action");
  if (action.ends_with("SetObjects")) publication.remove_list(CONFITURE_LIST_TABLES);
  for (const tree::Value& item : tree::array(node, "pubobjects")) {
    const tree::Object& table = tree::object(tree::body(item), "pubtable");
    const Node* found = find_relation(range_var(tree::object(table, "relation")));
    if (found == nullptr) continue;
    publication.remove(CONFITURE_LIST_TABLES, found);
    if (!action.ends_with("DropObjects")) publication.append(CONFITURE_LIST_TABLES, found);
  }
}

void ModelState::alter_publication(const tree::Object& node, Node& statement) {
  const ObjectName name{"", std::string(tree::text(node, "pubname"))};
  Node* publication = find(named_, {"publication", name.name});
  about(statement, name, snapshot(publication));
  if (publication == nullptr) return;
  change_publication(*publication, node);
  statement.set_link(CONFITURE_LINK_RESULT, publication);
}

Node* ModelState::find_commented(const tree::Object& node, ObjectName& name) const {
  const std::string_view type = tree::text(node, "objtype");
  const tree::Value* object = tree::find(node, "object");
  if (object == nullptr) return nullptr;
  name = object_list(*object);
  if (type != "OBJECT_COLUMN" && type != "OBJECT_TABCONSTRAINT") return find_object(type, *object);
  const tree::Array& parts = tree::array(tree::body(*object), "items");
  if (parts.size() < 2) return nullptr;
  ObjectName table{"", std::string(tree::string_value(parts[parts.size() - 2]))};
  if (parts.size() > 2) table.schema = tree::string_value(parts[parts.size() - 3]);
  name.schema = qualified(table);
  return child(find_relation(table),
               type == "OBJECT_COLUMN" ? CONFITURE_LIST_COLUMNS : CONFITURE_LIST_CONSTRAINTS,
               tree::string_value(parts.back()));
}

// COMMENT ON and SECURITY LABEL.
void ModelState::comment(const tree::Object& node, Node& statement) {
  ObjectName name;
  Node* target = find_commented(node, name);
  const std::string type = object_word(tree::text(node, "objtype"));
  statement.set(CONFITURE_PROP_OBJECT_TYPE, keep(type));
  if (target == nullptr) {
    const bool relation = type == "table" || type == "view" || type == "materialized_view" ||
                          type == "index" || type == "sequence" || type == "foreign_table";
    const Span span = name_span(after_word(whole(), {type == "materialized_view" ? "view"
                                                     : type == "foreign_table"   ? "table"
                                                                                 : type}));
    if (type == "column")
      unresolved("comment", type, {"", name.name}, span, *source_, name.schema);
    else if (relation)
      unresolved("comment", type, name, span, *source_);
    return;
  }
  statement.set_link(CONFITURE_LINK_TARGET, target);
  const bool label = node.contains("provider") || node.contains("label");
  const std::string_view text = tree::text(node, label ? "label" : "comment");
  const std::uint32_t property = label ? CONFITURE_PROP_LABEL : CONFITURE_PROP_COMMENT;
  if (text.empty())
    target->unset(property);
  else
    target->set(property, keep(text));
}

// Foreign keys and views may come before what they name.
void ModelState::note_unresolved() {
  for (const PendingReference& pending : pending_) {
    const Node& constraint = *pending.constraint;
    if (dropped_.contains(&constraint)) continue;
    for (const auto& source : sources_)
      if (source->name() == constraint.file)
        unresolved("foreign_key", "table", pending.table,
                   {constraint.offset, constraint.end_offset}, *source);
  }
  for (const PendingRead& pending : pending_reads_)
    if (!dropped_.contains(pending.view))
      unresolved("view", "table", pending.relation, pending.span, *pending.source);
  pending_.clear();
  pending_reads_.clear();
}

void ModelState::unresolved(std::string_view referrer, std::string_view object_type,
                            const ObjectName& name, const Span& span, const Source& source,
                            std::string_view table) {
  if (options_.migrations) return;
  Node& node = arena_.add(CONFITURE_NODE_REFERENCE);
  const Source* here = source_;
  source_ = &source;
  locate(node, span);
  source_ = here;
  node.set(CONFITURE_PROP_NAME, keep(name.name));
  const std::string shown =
      table.empty() ? qualified(name) : std::string(table) + "." + qualified(name);
  node.set(CONFITURE_PROP_QUALIFIED_NAME, keep(shown));
  node.set(CONFITURE_PROP_OBJECT_TYPE, keep(object_type));
  node.set(CONFITURE_PROP_REFERRER, keep(referrer));
  if (!name.schema.empty()) node.set(CONFITURE_PROP_SCHEMA_NAME, keep(name.schema));
  by_kind_[CONFITURE_NODE_REFERENCE].push_back(&node);
}

}  // namespace host::sql
