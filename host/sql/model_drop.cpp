// SPDX-License-Identifier: MIT
// DROP: one subcommand for each object that it names.
#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/sql/model_state.hpp"

namespace host::sql {

// OBJECT_FOREIGN_TABLE -> foreign_table.
std::string ModelState::object_word(std::string_view object_type) {
  if (object_type == "OBJECT_MATVIEW") return "materialized_view";
  if (object_type == "OBJECT_TABCONSTRAINT") return "constraint";
  if (object_type == "OBJECT_FOREIGN_SERVER") return "server";
  if (object_type == "OBJECT_FDW") return "foreign_data_wrapper";
  if (object_type.size() < sizeof("OBJECT_")) return {};
  return lower_ascii(object_type.substr(sizeof("OBJECT_") - 1));
}

Node* ModelState::find_object(std::string_view type, const tree::Value& object) const {
  const ObjectName name = object_list(object);
  const auto is = [type](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), type.substr(sizeof("OBJECT_") - 1)) != names.end();
  };
  if (is({"TABLE", "FOREIGN_TABLE", "VIEW", "MATVIEW", "INDEX", "SEQUENCE"}))
    return find_relation(name);
  if (is({"TYPE", "DOMAIN"})) return find(types_, name);
  if (is({"FUNCTION", "PROCEDURE", "ROUTINE"})) {
    const tree::Object& with_arguments = tree::body(object, "ObjectWithArgs");
    return with_arguments.empty() ? find(functions_, name) : find_function(with_arguments);
  }
  if (is({"EXTENSION"})) return find(named_, {"extension", name.name});
  if (is({"SCHEMA"})) return find(named_, {"schema", name.name});
  if (is({"ROLE"})) return find(named_, {"role", name.name});
  if (is({"PUBLICATION"})) return find(named_, {"publication", name.name});
  if (is({"TRIGGER", "POLICY", "RULE"})) {
    // schema.table.name: the last part is the trigger, the rest its table.
    const tree::Array& parts = tree::array(tree::body(object), "items");
    if (parts.size() < 2) return nullptr;
    ObjectName table{"", std::string(tree::string_value(parts[parts.size() - 2]))};
    if (parts.size() > 2) table.schema = tree::string_value(parts[parts.size() - 3]);
    return child(find_relation(table), CONFITURE_LIST_CHILDREN, tree::string_value(parts.back()));
  }
  return nullptr;
}

void ModelState::drop_objects(const tree::Object& node, Node& statement) {
  const std::string_view type = tree::text(node, "removeType");
  const bool cascade = tree::text(node, "behavior") == "DROP_CASCADE";
  const bool if_exists = tree::truth(node, "missing_ok");
  const tree::Array& objects = tree::array(node, "objects");

  // The names begin after DROP TYPE-OF-OBJECT [CONCURRENTLY] [IF EXISTS].
  Lexer lexer(source_->text(), current_->offset);
  for (std::size_t words = split_text(current_->tag, ' ').size(); words > 0; --words) lexer.next();
  Token first = lexer.next();
  if (lexer.is_word(first, "concurrently")) first = lexer.next();
  if (if_exists) {
    lexer.next();
    first = lexer.next();
  }
  const std::vector<Span> pieces = comma_pieces(first.offset);

  for (std::size_t i = 0; i < objects.size() && i < pieces.size(); ++i) {
    const ObjectName name = object_list(objects[i]);
    Node* target = find_object(type, objects[i]);
    Node& sub = subcommand(statement, "drop_" + object_word(type), name_span(pieces[i].offset));
    about(sub, name, target);
    if (i == 0) about(statement, name, target);
    sub.set(CONFITURE_PROP_NAME, keep(name.name));
    sub.set(CONFITURE_PROP_OBJECT_TYPE, keep(object_word(type)));
    sub.set(CONFITURE_PROP_BEHAVIOR, cascade ? "cascade" : "restrict");
    if (if_exists) sub.set(CONFITURE_PROP_IF_EXISTS, 1);
    if (tree::truth(node, "concurrent")) sub.set(CONFITURE_PROP_CONCURRENTLY, 1);
    if (type == "OBJECT_SCHEMA") drop_schema(name.name);
    if (target == nullptr) continue;
    switch (target->kind) {
      case CONFITURE_NODE_INDEX:
        drop_child(target, CONFITURE_LIST_INDEXES);
        forget_name(target);
        break;
      case CONFITURE_NODE_TRIGGER:
        drop_child(target, CONFITURE_LIST_TRIGGERS);
        break;
      case CONFITURE_NODE_POLICY:
        drop_child(target, CONFITURE_LIST_POLICIES);
        break;
      case CONFITURE_NODE_REWRITE_RULE:
        drop_child(target, CONFITURE_LIST_CHILDREN);
        break;
      default:
        if (target->kind == CONFITURE_NODE_FUNCTION) overloads_.erase(overload_key(*target));
        drop(target, cascade);
    }
  }
}

std::string ModelState::overload_key(const Node& function) {
  return key(function.text(CONFITURE_PROP_SCHEMA_NAME),
             std::string(function.text(CONFITURE_PROP_NAME)) + "(" +
                 std::string(function.text(CONFITURE_PROP_SIGNATURE)) + ")");
}

void ModelState::drop_schema(std::string_view name) {
  for (auto& nodes : by_kind_)
    for (Node* node : nodes)
      if (node->text(CONFITURE_PROP_SCHEMA_NAME) == name) drop(node, true);
}

}  // namespace host::sql
