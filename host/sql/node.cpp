// SPDX-License-Identifier: MIT
#include "host/sql/node.hpp"

#include <algorithm>

std::string_view confiture_node::text(std::uint32_t prop) const {
  if (const std::string_view* found = texts.find(prop)) return *found;
  if (prop == CONFITURE_PROP_PARSE_TREE_JSON && lazy_tree != nullptr) return lazy_tree(*this);
  return {};
}

std::int64_t confiture_node::integer(std::uint32_t prop) const {
  const std::int64_t* found = integers.find(prop);
  return found == nullptr ? 0 : *found;
}

const confiture_node* confiture_node::link(std::uint32_t link) const {
  const confiture_node* const* found = links.find(link);
  return found == nullptr ? nullptr : *found;
}

const confiture_node::List& confiture_node::list(std::uint32_t list) const {
  static const List none;
  const List* found = lists.find(list);
  return found == nullptr ? none : *found;
}

void confiture_node::set(std::uint32_t prop, std::string_view value) {
  texts.put(prop, value);
}

void confiture_node::set(std::uint32_t prop, std::int64_t value) {
  integers.put(prop, value);
}

void confiture_node::set_link(std::uint32_t link, const confiture_node* node) {
  links.put(link, node);
}

void confiture_node::append(std::uint32_t list, const confiture_node* node) {
  if (List* found = lists.find(list))
    found->push_back(node);
  else
    lists.add(list, List({node}, lists.memory()));
}

void confiture_node::remove(std::uint32_t list, const confiture_node* node) {
  if (List* found = lists.find(list)) std::erase(*found, node);
}

void confiture_node::remove_list(std::uint32_t list) {
  lists.erase(list);
}

void confiture_node::unset(std::uint32_t prop) {
  texts.erase(prop);
  integers.erase(prop);
}

void confiture_node::unset_link(std::uint32_t link) {
  links.erase(link);
}

namespace host::sql {

Node& Arena::add(std::uint32_t kind) {
  Node& node = nodes_.emplace_back(memory_.get());
  node.kind = kind;
  return node;
}

std::string_view Arena::keep(std::string_view text) {
  char* copy =
      static_cast<char*>(memory_->allocate(text.size() + 1, 1));  // never null, as no value is
  std::copy(text.begin(), text.end(), copy);
  return {copy, text.size()};
}

}  // namespace host::sql
