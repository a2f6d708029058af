// SPDX-License-Identifier: MIT
// Views, and what they read.
#include <unordered_set>

#include "host/foundation/text.hpp"
#include "host/sql/model_state.hpp"

namespace host::sql {
namespace {

// Every relation in a query, but for the names that WITH gives.
void collect(const tree::Value& value, std::unordered_set<std::string>& with,
             std::vector<const tree::Object*>& relations) {
  if (const tree::Array* items = value.if_array()) {
    for (const tree::Value& item : *items) collect(item, with, relations);
    return;
  }
  const tree::Object* object = value.if_object();
  if (object == nullptr) return;
  const tree::Object& fields = tree::type(value) == "RangeVar" ? tree::body(value) : *object;
  if (fields.contains("relname")) {
    if (fields.contains("schemaname") || !with.contains(std::string(tree::text(fields, "relname"))))
      relations.push_back(&fields);
    return;
  }
  // WITH comes first: its names are known in all that follows.
  if (tree::type(value) == "CommonTableExpr")
    with.insert(std::string(tree::text(tree::body(value), "ctename")));
  if (const tree::Value* clause = object->if_contains("withClause"))
    for (const tree::Value& one : tree::array(*clause, "ctes"))
      with.insert(std::string(tree::text(tree::body(one), "ctename")));
  for (const auto& field : *object) collect(field.value(), with, relations);
}

bool is_on(std::string_view value) {
  const std::string word = lower_ascii(value);
  return word == "true" || word == "on" || word == "1" || word == "yes";
}

}  // namespace

void ModelState::create_view(const tree::Object& node, Node& statement) {
  const tree::Object& relation = tree::object(node, "view");
  ObjectName name = range_var(relation);
  about(statement, name, find_relation(name));
  name.schema = home_schema(name);
  Node*& place = relations_[key(name.schema, name.name)];
  Node* const first = place;
  Node& view = make(CONFITURE_NODE_VIEW, name, name_span(position(relation)));
  place = &view;
  if (first != nullptr && first->kind == CONFITURE_NODE_VIEW) {
    if (tree::truth(node, "replace")) {
      dropped_.insert(first);
      for (const Node* reader : first->list(CONFITURE_LIST_READ_BY))
        view.append(CONFITURE_LIST_READ_BY, reader);
      for (const Node* one : first->list(CONFITURE_LIST_GRANTS))
        view.append(CONFITURE_LIST_GRANTS, one);
    }
    redefined(view, *first);
  }
  note_written_name(view, view.offset);
  view.set(CONFITURE_PROP_SQL, current_->text);
  view.set(CONFITURE_PROP_TREE_OFFSET, tree_offset());
  if (tree::truth(node, "replace")) view.set(CONFITURE_PROP_REPLACE, 1);
  if (tree::text(relation, "relpersistence") == "t") view.set(CONFITURE_PROP_TEMPORARY, 1);
  statement.set_link(CONFITURE_LINK_RESULT, &view);
  settings(view, tree::array(node, "options"));
  view_options(view);
  if (const tree::Value* query = tree::find(node, "query")) note_reads(view, *query);
}

void ModelState::view_options(Node& view) {
  for (const Node* one : view.list(CONFITURE_LIST_SETTINGS)) {
    const std::string_view name = one->text(CONFITURE_PROP_NAME);
    const std::int64_t on = is_on(one->text(CONFITURE_PROP_VALUE)) ? 1 : 0;
    if (name == "security_invoker") view.set(CONFITURE_PROP_SECURITY_INVOKER, on);
    if (name == "security_barrier") view.set(CONFITURE_PROP_SECURITY_BARRIER, on);
  }
}

void ModelState::note_reads(Node& view, const tree::Value& query) {
  std::unordered_set<std::string> with;
  std::vector<const tree::Object*> relations;
  collect(query, with, relations);
  std::unordered_set<const Node*> seen;
  for (const tree::Object* relation : relations) {
    const ObjectName name = range_var(*relation);
    Node* read = find_relation(name);
    if (read == nullptr) {
      ObjectName full = name;
      full.schema = home_schema(name);
      pending_reads_.push_back({&view, full, name_span(position(*relation)), source_});
    } else if (seen.insert(read).second && read != &view) {
      view.append(CONFITURE_LIST_READS, read);
      read->append(CONFITURE_LIST_READ_BY, &view);
    }
  }
}

// Files may define a relation after the view that reads it.
void ModelState::resolve_reads() {
  std::erase_if(pending_reads_, [&](const PendingRead& pending) {
    Node* read = find_relation(pending.relation);
    if (read == nullptr) return false;
    pending.view->append(CONFITURE_LIST_READS, read);
    read->append(CONFITURE_LIST_READ_BY, pending.view);
    return true;
  });
}

}  // namespace host::sql
