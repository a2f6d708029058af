// SPDX-License-Identifier: MIT
// New names, new schemas, new owners.
#include "host/postgres/quote.hpp"
#include "host/sql/model_state.hpp"

namespace host::sql {
namespace {

bool is_part(std::string_view type) {
  return type == "OBJECT_COLUMN" || type == "OBJECT_TABCONSTRAINT" || type == "OBJECT_TRIGGER" ||
         type == "OBJECT_POLICY" || type == "OBJECT_RULE";
}

}  // namespace

void ModelState::rename(const tree::Object& node, Node& statement) {
  const std::string_view type = tree::text(node, "renameType");
  const std::string_view to = tree::text(node, "newname");
  const std::string_view from = tree::text(node, "subname");
  const tree::Object& relation_var = tree::object(node, "relation");
  const tree::Value* object = tree::find(node, "object");
  ObjectName name = range_var(relation_var);
  if (name.name.empty() && object != nullptr) name = object_list(*object);
  if (name.name.empty() && type == "OBJECT_SCHEMA") name.name = from;
  Node* holder = relation_var.empty() ? nullptr : find_relation(name);
  Node* renamed = holder;
  if (type == "OBJECT_COLUMN") renamed = column(holder, from);
  if (type == "OBJECT_ATTRIBUTE") renamed = column(holder = find(types_, name), from);
  if (type == "OBJECT_TABCONSTRAINT") renamed = child(holder, CONFITURE_LIST_CONSTRAINTS, from);
  if (is_part(type) && renamed == holder) renamed = child(holder, CONFITURE_LIST_CHILDREN, from);
  if (object != nullptr && relation_var.empty()) renamed = holder = find_object(type, *object);
  if (type == "OBJECT_SCHEMA") renamed = holder = find(named_, {"schema", name.name});

  Node& sub = subcommand(statement, "rename_" + object_word(type), whole());
  const Node* target = snapshot(renamed);
  if (!name.name.empty()) {
    about(statement, name, holder == renamed ? target : holder);
    about(sub, name, target);
  }
  sub.set(CONFITURE_PROP_NAME, keep(from.empty() ? std::string_view(name.name) : from));
  sub.set(CONFITURE_PROP_NEW_NAME, keep(to));
  if (renamed == nullptr) return;
  sub.set_link(CONFITURE_LINK_RESULT, renamed);
  if (type == "OBJECT_SCHEMA") {
    named_.erase(key("schema", name.name));
    named_[key("schema", to)] = renamed;
    renamed->set(CONFITURE_PROP_NAME, keep(to));
    renamed->set(CONFITURE_PROP_QUALIFIED_NAME, keep(postgres::quote_identifier(to)));
  } else if (renamed == holder) {
    move_relation(*renamed,
                  {std::string(renamed->text(CONFITURE_PROP_SCHEMA_NAME)), std::string(to)});
  } else {
    renamed->set(CONFITURE_PROP_NAME, keep(to));
    renamed->set(CONFITURE_PROP_QUALIFIED_NAME,
                 keep(std::string(holder->text(CONFITURE_PROP_QUALIFIED_NAME)) + "." +
                      postgres::quote_identifier(to)));
  }
}

void ModelState::move_relation(Node& node, const ObjectName& to) {
  const std::string before =
      key(node.text(CONFITURE_PROP_SCHEMA_NAME), node.text(CONFITURE_PROP_NAME));
  for (Names* names : {&relations_, &types_, &functions_}) {
    const auto found = names->find(before);
    if (found == names->end() || found->second != &node) continue;
    names->erase(found);
    (*names)[key(home_schema(to), to.name)] = &node;
  }
  node.set(CONFITURE_PROP_NAME, keep(to.name));
  if (!to.schema.empty()) node.set(CONFITURE_PROP_SCHEMA_NAME, keep(to.schema));
  node.set(CONFITURE_PROP_QUALIFIED_NAME, keep(qualified(to)));
  for (const Node* part : node.list(CONFITURE_LIST_CHILDREN)) {
    if (part->kind == CONFITURE_NODE_INDEX) continue;
    mutable_node(part)->set(CONFITURE_PROP_SCHEMA_NAME, node.text(CONFITURE_PROP_SCHEMA_NAME));
    mutable_node(part)->set(CONFITURE_PROP_QUALIFIED_NAME,
                            keep(std::string(node.text(CONFITURE_PROP_QUALIFIED_NAME)) + "." +
                                 postgres::quote_identifier(part->text(CONFITURE_PROP_NAME))));
  }
}

void ModelState::set_schema(const tree::Object& node, Node& statement) {
  const std::string_view type = tree::text(node, "objectType");
  const tree::Object& relation = tree::object(node, "relation");
  const tree::Value* object = tree::find(node, "object");
  ObjectName name = range_var(relation);
  if (name.name.empty() && object != nullptr) name = object_list(*object);
  if (name.name.empty()) return;
  Node* moved = !relation.empty() ? find_relation(name) : find_object(type, *object);
  const Node* target = snapshot(moved);
  about(statement, name, target);
  statement.set(CONFITURE_PROP_OBJECT_TYPE, keep(object_word(type)));
  Node& sub = subcommand(statement, "set_schema", whole());
  about(sub, name, target);
  sub.set(CONFITURE_PROP_NAME, keep(name.name));
  sub.set(CONFITURE_PROP_NEW_NAME, keep(tree::text(node, "newschema")));
  sub.set(CONFITURE_PROP_OBJECT_TYPE, keep(object_word(type)));
  if (moved == nullptr) return;
  move_relation(*moved, {std::string(tree::text(node, "newschema")),
                         std::string(moved->text(CONFITURE_PROP_NAME))});
  sub.set_link(CONFITURE_LINK_RESULT, moved);
}

void ModelState::set_owner(const tree::Object& node, Node& statement) {
  const std::string_view type = tree::text(node, "objectType");
  const tree::Value* object = tree::find(node, "object");
  if (object == nullptr) return;
  Node* owned = find_object(type, *object);
  about(statement, object_list(*object), owned);
  if (owned != nullptr)
    owned->set(CONFITURE_PROP_OWNER, keep(role_name(tree::object(node, "newowner"))));
}

}  // namespace host::sql
