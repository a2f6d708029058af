// SPDX-License-Identifier: MIT
// Making, copying and dropping nodes.
#include <algorithm>

#include "host/postgres/quote.hpp"
#include "host/sql/model_state.hpp"

namespace host::sql {

Node& ModelState::make(std::uint32_t kind, const ObjectName& name, const Span& span) {
  Node& node = arena_.add(kind);
  locate(node, span);
  node.made_in = script_;
  node.set(CONFITURE_PROP_NAME, keep(name.name));
  if (!name.schema.empty()) {
    node.set(CONFITURE_PROP_SCHEMA_NAME, keep(name.schema));
    if (const Node* schema = find(named_, {"schema", name.schema}))
      node.set_link(CONFITURE_LINK_PARENT, schema);
  }
  node.set(CONFITURE_PROP_QUALIFIED_NAME, keep(qualified(name)));
  by_kind_[kind].push_back(&node);
  give_default_grants(node);
  return node;
}

Node& ModelState::make_child(std::uint32_t kind, Node& parent, std::string_view name,
                             const Span& span) {
  Node& node = make_copy(kind, parent, name, span);
  by_kind_[kind].push_back(&node);
  return node;
}

Node& ModelState::make_copy(std::uint32_t kind, Node& parent, std::string_view name,
                            const Span& span) {
  Node& node = arena_.add(kind);
  locate(node, span);
  node.made_in = script_;
  node.set(CONFITURE_PROP_NAME, keep(name));
  node.set(CONFITURE_PROP_QUALIFIED_NAME,
           keep(std::string(parent.text(CONFITURE_PROP_QUALIFIED_NAME)) + "." +
                postgres::quote_identifier(name)));
  node.set(CONFITURE_PROP_SCHEMA_NAME, parent.text(CONFITURE_PROP_SCHEMA_NAME));
  node.set_link(CONFITURE_LINK_PARENT, &parent);
  parent.append(CONFITURE_LIST_CHILDREN, &node);
  return node;
}

const Node* ModelState::counterpart(const Node* part, const Node* table, const Node* copy) {
  if (part == table) return copy;
  for (const std::uint32_t list :
       {CONFITURE_LIST_COLUMNS, CONFITURE_LIST_CONSTRAINTS, CONFITURE_LIST_INDEXES}) {
    const auto& originals = table->list(list);
    if (std::find(originals.begin(), originals.end(), part) == originals.end()) continue;
    // By name: earlier actions of the same statement have dropped and added others.
    for (const Node* one : copy->list(list))
      if (one->text(CONFITURE_PROP_NAME) == part->text(CONFITURE_PROP_NAME)) return one;
  }
  return part;
}

Node* ModelState::snapshot(const Node* node) {
  if (node == nullptr || !options_.migrations) return mutable_node(node);
  Node& copy = arena_.add(node->kind);
  copy = *node;
  if (node->kind != CONFITURE_NODE_TABLE) return &copy;
  for (const std::uint32_t list : {CONFITURE_LIST_COLUMNS, CONFITURE_LIST_CONSTRAINTS,
                                   CONFITURE_LIST_INDEXES})
    copy.replace(list, [&](const Node* item) {
      Node& part = arena_.add(item->kind);
      part = *item;
      part.set_link(CONFITURE_LINK_PARENT, &copy);
      return &part;
    });
  for (const std::uint32_t list : {CONFITURE_LIST_CONSTRAINTS, CONFITURE_LIST_INDEXES})
    for (const Node* part : copy.list(list)) {
      part->lists.each([&](std::uint32_t inner, const Node::List&) {
        mutable_node(part)->replace(
            inner, [&](const Node* item) { return counterpart(item, node, &copy); });
      });
      if (part->link(CONFITURE_LINK_REFERENCED_TABLE) == node)
        mutable_node(part)->set_link(CONFITURE_LINK_REFERENCED_TABLE, &copy);
    }
  return &copy;
}

Node* ModelState::child(const Node* table, std::uint32_t list, std::string_view name) const {
  if (table == nullptr) return nullptr;
  for (const Node* node : table->list(list))
    if (node->text(CONFITURE_PROP_NAME) == name) return mutable_node(node);
  return nullptr;
}

// The node itself stays as it is, for the statement that dropped it.
void ModelState::drop_child(Node* node, std::uint32_t list) {
  dropped_.insert(node);
  if (Node* target = mutable_node(node->link(CONFITURE_LINK_REFERENCED_TABLE)))
    target->remove(CONFITURE_LIST_REFERENCED_BY, node);
  if (Node* parent = mutable_node(node->link(CONFITURE_LINK_PARENT))) {
    parent->remove(list, node);
    parent->remove(CONFITURE_LIST_CHILDREN, node);
  }
}

void ModelState::forget_name(const Node* node) {
  for (Names* names : {&relations_, &types_, &functions_, &named_}) {
    const auto found =
        names->find(key(node->text(CONFITURE_PROP_SCHEMA_NAME), node->text(CONFITURE_PROP_NAME)));
    if (found != names->end() && found->second == node) names->erase(found);
  }
}

void ModelState::drop(Node* node, bool cascade) {
  if (node == nullptr || !dropped_.insert(node).second) return;
  forget_name(node);
  for (const Node* part : node->list(CONFITURE_LIST_CHILDREN)) {
    dropped_.insert(part);
    if (part->kind == CONFITURE_NODE_INDEX) forget_name(part);
    if (Node* target = mutable_node(part->link(CONFITURE_LINK_REFERENCED_TABLE)))
      target->remove(CONFITURE_LIST_REFERENCED_BY, part);
  }
  for (const Node* read : node->list(CONFITURE_LIST_READS))
    mutable_node(read)->remove(CONFITURE_LIST_READ_BY, node);
  if (Node* parent = mutable_node(node->link(CONFITURE_LINK_PARTITION_OF))) {
    parent->remove(CONFITURE_LIST_PARTITIONS, node);
    std::erase(partitions_[parent], node);
  }
  for (const Node* partition : node->list(CONFITURE_LIST_PARTITIONS))
    drop(mutable_node(partition), cascade);
  if (!cascade || node->kind != CONFITURE_NODE_TABLE) return;
  const Node::List& referring = node->list(CONFITURE_LIST_REFERENCED_BY);
  const std::vector<const Node*> constraints(referring.begin(), referring.end());
  for (const Node* constraint : constraints)
    drop_child(mutable_node(constraint), CONFITURE_LIST_CONSTRAINTS);
  for (const Node* constraint : constraints)  // for the statement that dropped it
    node->append(CONFITURE_LIST_REFERENCED_BY, constraint);
}

void ModelState::redefined(Node& survivor, const Node& other) {
  for (const Node* one : other.list(CONFITURE_LIST_REDEFINITIONS))
    survivor.append(CONFITURE_LIST_REDEFINITIONS, one);
  survivor.append(CONFITURE_LIST_REDEFINITIONS, &other);
}

void ModelState::setting(Node& node, std::string_view name, std::string_view value,
                         const Span& span) {
  for (const Node* one : node.list(CONFITURE_LIST_SETTINGS))
    if (one->text(CONFITURE_PROP_NAME) == name) {
      mutable_node(one)->set(CONFITURE_PROP_VALUE, keep(value));
      return;
    }
  Node& made = arena_.add(CONFITURE_NODE_SETTING);
  locate(made, span);
  made.set(CONFITURE_PROP_NAME, keep(name));
  made.set(CONFITURE_PROP_VALUE, keep(value));
  made.set_link(CONFITURE_LINK_PARENT, &node);
  node.append(CONFITURE_LIST_SETTINGS, &made);
}

void ModelState::settings(Node& node, const tree::Array& elements) {
  for (const tree::Value& item : elements) {
    const tree::Object& element = tree::body(item, "DefElem");
    const tree::Value* argument = tree::find(element, "arg");
    std::string value = "true";
    if (argument != nullptr) value = tree::scalar_text(*argument);
    const std::uint64_t at = position(element);
    setting(node, tree::text(element, "defname"), value, {at, at});
  }
}

}  // namespace host::sql
