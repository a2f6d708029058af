// SPDX-License-Identifier: MIT
#include "host/sql/node.hpp"

#include <algorithm>

namespace {

template <typename Entries>
auto find_entry(Entries& entries, std::uint32_t key) {
  return std::find_if(entries.begin(), entries.end(),
                      [key](const auto& entry) { return entry.first == key; });
}

template <typename Entries, typename Value>
void put_entry(Entries& entries, std::uint32_t key, Value value) {
  const auto found = find_entry(entries, key);
  if (found != entries.end())
    found->second = value;
  else
    entries.emplace_back(key, value);
}

}  // namespace

std::string_view confiture_node::text(std::uint32_t prop) const {
  const auto found = find_entry(texts, prop);
  if (found != texts.end()) return found->second;
  if (prop == CONFITURE_PROP_PARSE_TREE_JSON && lazy_tree != nullptr) return lazy_tree(*this);
  return {};
}

std::int64_t confiture_node::integer(std::uint32_t prop) const {
  const auto found = find_entry(integers, prop);
  return found == integers.end() ? 0 : found->second;
}

const confiture_node* confiture_node::link(std::uint32_t link) const {
  const auto found = find_entry(links, link);
  return found == links.end() ? nullptr : found->second;
}

const confiture_node::List& confiture_node::list(std::uint32_t list) const {
  static const List none;
  const auto found = find_entry(lists, list);
  return found == lists.end() ? none : found->second;
}

void confiture_node::set(std::uint32_t prop, std::string_view value) {
  put_entry(texts, prop, value);
}

void confiture_node::set(std::uint32_t prop, std::int64_t value) {
  put_entry(integers, prop, value);
}

void confiture_node::set_link(std::uint32_t link, const confiture_node* node) {
  put_entry(links, link, node);
}

void confiture_node::append(std::uint32_t list, const confiture_node* node) {
  const auto found = find_entry(lists, list);
  if (found != lists.end())
    found->second.push_back(node);
  else
    lists.emplace_back(list, List({node}, lists.get_allocator()));
}

void confiture_node::remove(std::uint32_t list, const confiture_node* node) {
  const auto found = find_entry(lists, list);
  if (found != lists.end()) std::erase(found->second, node);
}

void confiture_node::remove_list(std::uint32_t list) {
  std::erase_if(lists, [list](const auto& entry) { return entry.first == list; });
}

void confiture_node::unset(std::uint32_t prop) {
  std::erase_if(texts, [prop](const auto& entry) { return entry.first == prop; });
  std::erase_if(integers, [prop](const auto& entry) { return entry.first == prop; });
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
