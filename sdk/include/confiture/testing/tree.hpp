// SPDX-License-Identifier: MIT
// confiture/testing/tree.hpp - nodes for the unit tests of rules, built by hand.
//
//   Tree users = table("users", {column("id", "int8"), column("email", "text")});
//   users.set(CONFITURE_PROP_COMMENT, "people");
#pragma once

#include <confiture/schema.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {
namespace testing {

// Copied and changed freely; links point to other trees, which must outlive it.
class Tree {
 public:
  explicit Tree(NodeKind kind, std::string name = {}) : kind_(kind) {
    if (!name.empty()) set(CONFITURE_PROP_NAME, std::move(name));
  }

  Tree& set(std::uint32_t property, std::string text) {
    return texts_[property] = std::move(text), *this;
  }
  Tree& set(std::uint32_t property, const char* text) { return set(property, std::string(text)); }
  Tree& set(std::uint32_t property, std::int64_t integer) {
    return integers_[property] = integer, *this;
  }
  Tree& set(std::uint32_t property, int integer) { return set(property, std::int64_t{integer}); }
  Tree& link(std::uint32_t link, const Tree& to) { return links_[link] = &to, *this; }
  // Appends a copy to one of CONFITURE_LIST_*.
  Tree& add(std::uint32_t list, Tree child) {
    return lists_[list].push_back(std::move(child)), *this;
  }
  Tree& location(confiture_location location) { return location_ = location, *this; }

  std::string name() const { return std::string(Node(&table(), handle()).name()); }
  // The item of a list, to change it or to point at it.
  Tree& at(std::uint32_t list, std::size_t index) { return lists_.at(list).at(index); }

  const confiture_node* handle() const { return reinterpret_cast<const confiture_node*>(this); }
  static const Tree& from(const confiture_node* node) {
    return *reinterpret_cast<const Tree*>(node);
  }
  static const confiture_schema_v1& table();

 private:
  NodeKind kind_;
  std::map<std::uint32_t, std::string> texts_;
  std::map<std::uint32_t, std::int64_t> integers_;
  std::map<std::uint32_t, const Tree*> links_;
  std::map<std::uint32_t, std::deque<Tree>> lists_;
  confiture_location location_{};
};

inline const confiture_schema_v1& Tree::table() {
  static const confiture_schema_v1 table = {
      [](const confiture_node* node) noexcept -> std::uint32_t {
        return static_cast<std::uint32_t>(from(node).kind_);
      },
      [](const confiture_node* node, std::uint32_t property) noexcept -> confiture_str {
        const auto found = from(node).texts_.find(property);
        return found == from(node).texts_.end() ? no_value() : to_str(found->second);
      },
      [](const confiture_node* node, std::uint32_t property) noexcept -> std::int64_t {
        const auto found = from(node).integers_.find(property);
        return found == from(node).integers_.end() ? 0 : found->second;
      },
      [](const confiture_node* node, std::uint32_t link) noexcept -> const confiture_node* {
        const auto found = from(node).links_.find(link);
        return found == from(node).links_.end() ? nullptr : found->second->handle();
      },
      [](const confiture_node* node, std::uint32_t list) noexcept -> std::size_t {
        const auto found = from(node).lists_.find(list);
        return found == from(node).lists_.end() ? 0 : found->second.size();
      },
      [](const confiture_node* node, std::uint32_t list,
         std::size_t index) noexcept -> const confiture_node* {
        const auto found = from(node).lists_.find(list);
        if (found == from(node).lists_.end() || index >= found->second.size()) return nullptr;
        return found->second[index].handle();
      },
      [](const confiture_node* node, confiture_location* out) noexcept {
        *out = from(node).location_;
      }};
  return table;
}

inline Tree column(std::string name, std::string type_name = "text", bool nullable = true) {
  Tree made(NodeKind::column, std::move(name));
  made.set(CONFITURE_PROP_TYPE_NAME, std::move(type_name));
  made.set(CONFITURE_PROP_NULLABLE, nullable ? 1 : 0);
  return made;
}
inline Tree table(std::string name, std::vector<Tree> columns = {}, std::string schema = "public") {
  Tree made(NodeKind::table, name);
  made.set(CONFITURE_PROP_SCHEMA_NAME, schema);
  made.set(CONFITURE_PROP_QUALIFIED_NAME, schema + "." + name);
  for (Tree& child : columns) made.add(CONFITURE_LIST_COLUMNS, std::move(child));
  return made;
}

}  // namespace testing
}  // namespace confiture
#pragma GCC visibility pop
