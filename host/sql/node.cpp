// SPDX-License-Identifier: MIT
#include "host/sql/node.hpp"

#include <algorithm>
#include <new>
#include <type_traits>

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
  texts.put(*memory_, prop, value);
}

void confiture_node::set(std::uint32_t prop, std::int64_t value) {
  integers.put(*memory_, prop, value);
}

void confiture_node::set_link(std::uint32_t link, const confiture_node* node) {
  links.put(*memory_, link, node);
}

// Makes the nodes its own, with room for as many.
void confiture_node::own(List& list, std::size_t room) {
  if (room <= list.room_) return;
  constexpr std::size_t least = 4;
  room = std::max(room, least);
  const confiture_node** nodes = static_cast<const confiture_node**>(
      memory_->allocate(room * sizeof(*nodes), alignof(const confiture_node*)));
  std::copy(list.begin(), list.end(), nodes);
  list.nodes_ = nodes;
  list.room_ = static_cast<std::uint32_t>(room);
}

void confiture_node::append(std::uint32_t list, const confiture_node* node) {
  List* found = lists.find(*memory_, list);
  if (found == nullptr) found = &lists.put(*memory_, list, {});
  if (found->size_ >= found->room_) own(*found, std::size_t{2} * found->size_ + 1);
  found->nodes_[found->size_++] = node;
}

void confiture_node::remove(std::uint32_t list, const confiture_node* node) {
  List* found = lists.find(*memory_, list);
  if (found == nullptr) return;
  own(*found, found->size_);
  const auto rest = std::remove(found->nodes_, found->nodes_ + found->size_, node);
  found->size_ = static_cast<std::uint32_t>(rest - found->nodes_);
}

void confiture_node::remove_list(std::uint32_t list) {
  lists.erase(*memory_, list);
}

void confiture_node::unset(std::uint32_t prop) {
  texts.erase(*memory_, prop);
  integers.erase(*memory_, prop);
}

void confiture_node::unset_link(std::uint32_t link) {
  links.erase(*memory_, link);
}

namespace host::sql {

Node& Arena::add(std::uint32_t kind) {
  static_assert(std::is_trivially_destructible_v<Node>);  // it goes with the memory
  void* place = memory_->allocate(sizeof(Node), alignof(Node));
  Node* node = new (place) Node(memory_.get());
  node->kind = kind;
  return *node;
}

std::string_view Arena::keep(std::string_view text) {
  char* copy =
      static_cast<char*>(memory_->allocate(text.size() + 1, 1));  // never null, as no value is
  std::copy(text.begin(), text.end(), copy);
  return {copy, text.size()};
}

}  // namespace host::sql
