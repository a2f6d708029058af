// SPDX-License-Identifier: MIT
// The host's side of confiture_node: a kind, a place and a bag of properties numbered as in
// confiture/schema.h. Schema objects, statements, migrations and plans are all nodes.
#pragma once

#include <confiture/schema.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>

#include "host/foundation/error.hpp"
#include "host/sql/properties.hpp"

// Defined in the global namespace since the C header declares it there.
struct confiture_node {
  // Nodes in their order. What a list had before stays in the node's memory.
  class List {
   public:
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    const confiture_node* const* begin() const { return nodes_; }
    const confiture_node* const* end() const { return nodes_ + size_; }
    const confiture_node* operator[](std::size_t index) const { return nodes_[index]; }
    const confiture_node* back() const { return nodes_[size_ - 1]; }
    // Another list has the same nodes: they are copied before one is added or removed.
    void disown() { room_ = 0; }

   private:
    friend struct confiture_node;
    const confiture_node** nodes_ = nullptr;
    std::uint32_t size_ = 0, room_ = 0;
  };

  // Its properties lie in `memory`, which outlives it and is freed as a whole. A copy has them in
  // the same memory.
  explicit confiture_node(std::pmr::memory_resource* memory = std::pmr::get_default_resource())
      : memory_(memory) {}

  std::uint32_t kind = 0;
  std::string_view file;  // lives with the Arena of the node
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
  std::uint64_t offset = 0, end_offset = 0;
  host::sql::Properties<std::string_view, 1, 6> texts;
  host::sql::Properties<std::int64_t, 100, 4> integers;
  host::sql::Properties<const confiture_node*, 200, 2> links;
  host::sql::Properties<List, 300, 3> lists;
  // Instead of an entry in `texts`: computes CONFITURE_PROP_PARSE_TREE_JSON when it is asked for.
  std::string_view (*lazy_tree)(const confiture_node&) = nullptr;
  const void* lazy_data = nullptr;
  const void* tree = nullptr;  // a statement's tree::Value, while its script has trees
  std::uint32_t made_in = 0;   // SchemaModel: the number of the script that made the object

  std::string_view text(std::uint32_t prop) const;  // data() == nullptr: no value
  std::int64_t integer(std::uint32_t prop) const;
  const confiture_node* link(std::uint32_t link) const;
  const List& list(std::uint32_t list) const;  // empty if it has none

  void set(std::uint32_t prop, std::string_view value);  // replaces; the text is not copied
  void set(std::uint32_t prop, std::int64_t value);
  void set_link(std::uint32_t link, const confiture_node* node);
  void append(std::uint32_t list, const confiture_node* node);
  void remove(std::uint32_t list, const confiture_node* node);
  void remove_list(std::uint32_t list);
  void unset(std::uint32_t prop);
  void unset_link(std::uint32_t link);
  // Puts another node in the place of each of them; `other` gives it.
  template <typename Function>
  void replace(std::uint32_t list, const Function& other) {
    List* nodes = lists.find(*memory_, list);
    if (nodes == nullptr) return;
    own(*nodes, nodes->size_);
    for (std::uint32_t i = 0; i < nodes->size_; ++i) nodes->nodes_[i] = other(nodes->nodes_[i]);
  }

 private:
  void own(List& list, std::size_t room);
  std::pmr::memory_resource* memory_;
};

namespace host::sql {

using Node = ::confiture_node;

// Owns nodes and the texts that they show. Addresses stay. Freed as a whole: a schema of some
// thousand tables is a million small pieces.
class Arena {
 public:
  Arena() = default;
  Arena(Arena&&) = default;

  Node& add(std::uint32_t kind);
  std::string_view keep(std::string_view text);  // a copy that stays until the arena goes

 private:
  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_ =
      std::make_unique<std::pmr::monotonic_buffer_resource>();
};

}  // namespace host::sql
