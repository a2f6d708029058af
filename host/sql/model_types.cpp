// SPDX-License-Identifier: MIT
// Types, domains and sequences.
#include "host/sql/model_state.hpp"

namespace host::sql {

// An enum, composite or range type.
void ModelState::create_type(std::uint32_t kind, const tree::Array& names,
                             const tree::Object& node, Node& statement) {
  ObjectName name = kind == CONFITURE_NODE_COMPOSITE_TYPE ? range_var(tree::object(node, "typevar"))
                                                          : name_list(names);
  about(statement, name, nullptr);
  name.schema = home_schema(name);
  const Span span = name_span(after_word(whole(), {"type"}));
  Node& type = make(kind, name, span);
  note_written_name(type, span.offset);
  type.set(CONFITURE_PROP_SQL, current_->text);
  type.set(CONFITURE_PROP_TREE_OFFSET, tree_offset());
  statement.set_link(CONFITURE_LINK_RESULT, &type);
  Node*& place = types_[key(name.schema, name.name)];
  if (place != nullptr && !dropped_.contains(place)) redefined(type, *place);
  place = &type;
  for (const tree::Value& item : tree::array(node, "vals")) {
    Node& value = arena_.add(CONFITURE_NODE_ENUM_VALUE);
    locate(value, span);
    value.set(CONFITURE_PROP_NAME, keep(tree::string_value(item)));
    value.set_link(CONFITURE_LINK_PARENT, &type);
    type.append(CONFITURE_LIST_VALUES, &value);
  }
  for (const tree::Value& item : tree::array(node, "coldeflist")) {
    const tree::Object& definition = tree::body(item, "ColumnDef");
    const std::uint64_t at = position(definition);
    Node& attribute =
        make_copy(CONFITURE_NODE_COLUMN, type, tree::text(definition, "colname"), name_span(at));
    attribute.set(CONFITURE_PROP_NULLABLE, 1);
    set_type(attribute, tree::object(definition, "typeName"));
    type.append(CONFITURE_LIST_COLUMNS, &attribute);
  }
}

void ModelState::create_domain(const tree::Object& node, Node& statement) {
  ObjectName name = name_list(tree::array(node, "domainname"));
  about(statement, name, nullptr);
  name.schema = home_schema(name);
  const Span span = name_span(after_word(whole(), {"domain"}));
  Node& domain = make(CONFITURE_NODE_DOMAIN, name, span);
  note_written_name(domain, span.offset);
  domain.set(CONFITURE_PROP_SQL, current_->text);
  domain.set(CONFITURE_PROP_TREE_OFFSET, tree_offset());
  domain.set(CONFITURE_PROP_NULLABLE, 1);
  set_type(domain, tree::object(node, "typeName"));
  if (const auto& collation = tree::array(tree::object(node, "collClause"), "collname");
      !collation.empty())
    domain.set(CONFITURE_PROP_COLLATION, keep(tree::string_value(collation.back())));
  statement.set_link(CONFITURE_LINK_RESULT, &domain);
  Node*& place = types_[key(name.schema, name.name)];
  if (place != nullptr && !dropped_.contains(place)) redefined(domain, *place);
  place = &domain;
  column_constraints(domain, domain, node, whole());
}

void ModelState::alter_domain(const tree::Object& node, Node& statement) {
  const ObjectName name = name_list(tree::array(node, "typeName"));
  Node* domain = find(types_, name);
  const Node* before = snapshot(domain);
  about(statement, name, before);
  const std::string_view type = tree::text(node, "subtype");
  const tree::Value* definition = tree::find(node, "def");
  const std::string_view action = type == "C"             ? "add_constraint"
                                  : type == "X"           ? "drop_constraint"
                                  : type == "V"           ? "validate_constraint"
                                  : type == "O"           ? "set_not_null"
                                  : type == "N"           ? "drop_not_null"
                                  : definition != nullptr ? "set_default"
                                                          : "drop_default";
  Node& sub = subcommand(statement, action, whole());
  about(sub, name, before);
  const tree::Object& constraint =
      definition != nullptr ? tree::body(*definition) : tree::empty_object();
  std::string_view part = tree::text(node, "name");
  if (part.empty()) part = tree::text(constraint, "conname");
  if (!part.empty()) sub.set(CONFITURE_PROP_NAME, keep(part));
  if (type == "C")
    sub.set(CONFITURE_PROP_VALID, tree::truth(constraint, "skip_validation") ? 0 : 1);
  if (type == "X")
    sub.set(CONFITURE_PROP_BEHAVIOR,
            tree::text(node, "behavior") == "DROP_CASCADE" ? "cascade" : "restrict");
  if (domain == nullptr || domain->kind != CONFITURE_NODE_DOMAIN) return;
  sub.set_link(CONFITURE_LINK_RESULT, domain);
  Node* own = child(domain, CONFITURE_LIST_CONSTRAINTS, part);
  if (type == "O") domain->set(CONFITURE_PROP_NULLABLE, 0);
  if (type == "N") domain->set(CONFITURE_PROP_NULLABLE, 1);
  if (type == "V" && own != nullptr) own->set(CONFITURE_PROP_VALID, 1);
  if (type == "X" && own != nullptr) drop_child(own, CONFITURE_LIST_CONSTRAINTS);
  if (type == "C")
    if (const Node* made = add_constraint(*domain, nullptr, constraint,
                                          {position(constraint), current_->end_offset}))
      sub.set_link(CONFITURE_LINK_RESULT, made);
  if (type == "T") {
    domain->unset(CONFITURE_PROP_DEFAULT_SQL);
    if (definition != nullptr)
      domain->set(CONFITURE_PROP_DEFAULT_SQL,
                  slice({after_word(whole(), {"default"}), current_->end_offset}));
  }
}

void ModelState::alter_enum(const tree::Object& node, Node& statement) {
  const ObjectName name = name_list(tree::array(node, "typeName"));
  Node* type = find(types_, name);
  about(statement, name, snapshot(type));
  const std::string_view from = tree::text(node, "oldVal"), to = tree::text(node, "newVal");
  Node& sub = subcommand(statement, from.empty() ? "add_value" : "rename_value", whole());
  about(sub, name, type);
  sub.set(CONFITURE_PROP_NAME, keep(from.empty() ? to : from));
  if (!from.empty()) sub.set(CONFITURE_PROP_NEW_NAME, keep(to));
  if (tree::truth(node, "skipIfNewValExists")) sub.set(CONFITURE_PROP_IF_NOT_EXISTS, 1);
  if (type == nullptr) return;
  sub.set_link(CONFITURE_LINK_RESULT, type);
  if (Node* value = child(type, CONFITURE_LIST_VALUES, from); value != nullptr && !from.empty())
    value->set(CONFITURE_PROP_NAME, keep(to));
  if (!from.empty() || child(type, CONFITURE_LIST_VALUES, to) != nullptr) return;
  Node& value = arena_.add(CONFITURE_NODE_ENUM_VALUE);
  locate(value, whole());
  value.made_in = script_;
  value.set(CONFITURE_PROP_NAME, keep(to));
  value.set_link(CONFITURE_LINK_PARENT, type);
  type->append(CONFITURE_LIST_VALUES, &value);
}

void ModelState::create_sequence(const tree::Object& node, Node& statement) {
  const tree::Object& relation = tree::object(node, "sequence");
  ObjectName name = range_var(relation);
  about(statement, name, nullptr);
  name.schema = home_schema(name);
  Node*& place = relations_[key(name.schema, name.name)];
  if (place != nullptr && tree::truth(node, "if_not_exists")) return;
  const Span span = name_span(position(relation));
  Node& sequence = make(CONFITURE_NODE_SEQUENCE, name, span);
  if (place != nullptr) redefined(sequence, *place);
  place = &sequence;
  note_written_name(sequence, span.offset);
  sequence.set(CONFITURE_PROP_TYPE_NAME, "int8");
  statement.set_link(CONFITURE_LINK_RESULT, &sequence);
  alter_sequence(node, statement);
}

void ModelState::alter_sequence(const tree::Object& node, Node& statement) {
  const ObjectName name = range_var(tree::object(node, "sequence"));
  Node* sequence = find_relation(name);
  if (statement.link(CONFITURE_LINK_RESULT) == nullptr) about(statement, name, snapshot(sequence));
  if (sequence == nullptr || sequence->kind != CONFITURE_NODE_SEQUENCE) return;
  for (const tree::Value& item : tree::array(node, "options")) {
    const tree::Object& option = tree::body(item, "DefElem");
    const std::string_view key_name = tree::text(option, "defname");
    const tree::Value* argument = tree::find(option, "arg");
    if (argument == nullptr) continue;
    if (key_name == "as") {
      sequence->set(CONFITURE_PROP_TYPE_NAME, keep(type_text(tree::body(*argument))));
    } else if (key_name == "owned_by") {
      const tree::Array& parts = tree::array(tree::body(*argument), "items");
      if (parts.size() < 2) continue;
      ObjectName table{"", std::string(tree::string_value(parts[parts.size() - 2]))};
      if (parts.size() > 2) table.schema = tree::string_value(parts[parts.size() - 3]);
      if (Node* owner = column(find_relation(table), tree::string_value(parts.back())))
        sequence->set_link(CONFITURE_LINK_COLUMN, owner);
    } else {
      const std::uint64_t at = position(option);
      setting(*sequence, key_name, tree::scalar_text(*argument), {at, at});
    }
  }
}

}  // namespace host::sql
