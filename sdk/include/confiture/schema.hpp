// SPDX-License-Identifier: MIT
// confiture/schema.hpp - an object of a schema, a plan or a statement, as a value that reads well.
// A property that a node does not have reads as an empty text, 0 or false; a link as an empty node.
#pragma once

#include <confiture/schema.h>
#include <confiture/text.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

#pragma GCC visibility push(hidden)
namespace confiture {

enum class NodeKind : std::uint32_t {
  schema = CONFITURE_NODE_SCHEMA,
  table = CONFITURE_NODE_TABLE,
  column = CONFITURE_NODE_COLUMN,
  index = CONFITURE_NODE_INDEX,
  constraint = CONFITURE_NODE_CONSTRAINT,
  view = CONFITURE_NODE_VIEW,
  enum_type = CONFITURE_NODE_ENUM_TYPE,
  function = CONFITURE_NODE_FUNCTION,
  trigger = CONFITURE_NODE_TRIGGER,
  policy = CONFITURE_NODE_POLICY,
  grant = CONFITURE_NODE_GRANT,
  extension = CONFITURE_NODE_EXTENSION,
  file = CONFITURE_NODE_FILE,
  statement = CONFITURE_NODE_STATEMENT,
  subcommand = CONFITURE_NODE_SUBCOMMAND,
  migration = CONFITURE_NODE_MIGRATION,
  plan = CONFITURE_NODE_PLAN
};

class NodeList;

// Two pointers, copied freely; valid as long as the host's model, which outlives every call.
// Empty (false) where there is no such node; an empty node may be asked anything. [any]
class Node {
 public:
  Node() = default;
  Node(const confiture_schema_v1* api, const confiture_node* node) noexcept
      : api_(api), node_(api == nullptr ? nullptr : node) {}
  explicit operator bool() const noexcept { return node_ != nullptr; }
  const confiture_node* handle() const noexcept { return node_; }

  // By number: CONFITURE_PROP_*, CONFITURE_LINK_* and CONFITURE_LIST_* of confiture/schema.h.
  NodeKind kind() const noexcept { return static_cast<NodeKind>(node_ ? api_->kind(node_) : 0); }
  std::string_view text(std::uint32_t property) const noexcept {
    return node_ ? to_view(api_->text(node_, property)) : std::string_view();
  }
  std::int64_t integer(std::uint32_t property) const noexcept {
    return node_ ? api_->integer(node_, property) : 0;
  }
  bool truth(std::uint32_t property) const noexcept { return integer(property) != 0; }
  Node link(std::uint32_t link) const noexcept {
    return node_ ? Node(api_, api_->link(node_, link)) : Node();
  }
  inline NodeList list(std::uint32_t list) const noexcept;
  confiture_location location() const noexcept {
    confiture_location location{};
    if (node_) api_->location(node_, &location);
    return location;
  }

  std::string_view name() const noexcept { return text(CONFITURE_PROP_NAME); }
  std::string_view qualified_name() const noexcept { return text(CONFITURE_PROP_QUALIFIED_NAME); }
  std::string_view schema_name() const noexcept { return text(CONFITURE_PROP_SCHEMA_NAME); }
  std::string_view comment() const noexcept { return text(CONFITURE_PROP_COMMENT); }
  std::string_view sql() const noexcept { return text(CONFITURE_PROP_SQL); }
  Node parent() const noexcept { return link(CONFITURE_LINK_PARENT); }
  inline NodeList children() const noexcept;

  // Tables and columns.
  inline NodeList columns() const noexcept;
  inline NodeList indexes() const noexcept;
  inline NodeList constraints() const noexcept;
  std::string_view type_name() const noexcept { return text(CONFITURE_PROP_TYPE_NAME); }
  std::int64_t type_oid() const noexcept { return integer(CONFITURE_PROP_TYPE_OID); }
  std::int64_t max_length() const noexcept { return integer(CONFITURE_PROP_MAX_LENGTH); }
  std::string_view default_sql() const noexcept { return text(CONFITURE_PROP_DEFAULT_SQL); }
  bool is_nullable() const noexcept { return truth(CONFITURE_PROP_NULLABLE); }
  bool is_unique() const noexcept { return truth(CONFITURE_PROP_UNIQUE); }
  bool is_primary_key() const noexcept { return truth(CONFITURE_PROP_PRIMARY_KEY); }
  bool is_generated() const noexcept { return truth(CONFITURE_PROP_GENERATED); }
  bool is_identity() const noexcept { return truth(CONFITURE_PROP_IDENTITY); }
  bool is_partitioned() const noexcept { return truth(CONFITURE_PROP_PARTITIONED); }
  bool is_partition() const noexcept { return truth(CONFITURE_PROP_PARTITION); }
  bool is_temporary() const noexcept { return truth(CONFITURE_PROP_TEMPORARY); }
  bool is_unlogged() const noexcept { return truth(CONFITURE_PROP_UNLOGGED); }
  bool is_materialized() const noexcept { return truth(CONFITURE_PROP_MATERIALIZED); }

  // Constraints and indexes.
  std::string_view constraint_kind() const noexcept { return text(CONFITURE_PROP_CONSTRAINT_KIND); }
  std::string_view on_delete() const noexcept { return text(CONFITURE_PROP_ON_DELETE); }
  std::string_view on_update() const noexcept { return text(CONFITURE_PROP_ON_UPDATE); }
  bool is_valid() const noexcept { return truth(CONFITURE_PROP_VALID); }
  Node referenced_table() const noexcept { return link(CONFITURE_LINK_REFERENCED_TABLE); }
  inline NodeList referenced_columns() const noexcept;
  inline NodeList included_columns() const noexcept;
  std::string_view access_method() const noexcept { return text(CONFITURE_PROP_ACCESS_METHOD); }
  std::string_view predicate_sql() const noexcept { return text(CONFITURE_PROP_PREDICATE_SQL); }
  std::string_view expression_sql() const noexcept { return text(CONFITURE_PROP_EXPRESSION_SQL); }

  // Statements and their subcommands.
  inline NodeList subcommands() const noexcept;
  Node target() const noexcept { return link(CONFITURE_LINK_TARGET); }
  std::string_view statement_tag() const noexcept { return text(CONFITURE_PROP_STATEMENT_TAG); }
  std::string_view subcommand() const noexcept { return text(CONFITURE_PROP_SUBCOMMAND); }
  std::string_view behavior() const noexcept { return text(CONFITURE_PROP_BEHAVIOR); }
  std::string_view parse_tree_json() const noexcept { return text(CONFITURE_PROP_PARSE_TREE_JSON); }
  bool is_concurrent() const noexcept { return truth(CONFITURE_PROP_CONCURRENTLY); }
  bool if_exists() const noexcept { return truth(CONFITURE_PROP_IF_EXISTS); }
  bool if_not_exists() const noexcept { return truth(CONFITURE_PROP_IF_NOT_EXISTS); }
  bool in_transaction() const noexcept { return truth(CONFITURE_PROP_IN_TRANSACTION); }
  bool created_here() const noexcept { return truth(CONFITURE_PROP_CREATED_HERE); }

  // Plans, migrations and files.
  inline NodeList tables() const noexcept;
  inline NodeList statements() const noexcept;
  std::string_view version() const noexcept { return text(CONFITURE_PROP_VERSION); }
  std::string_view checksum() const noexcept { return text(CONFITURE_PROP_CHECKSUM); }
  std::string_view author() const noexcept { return text(CONFITURE_PROP_AUTHOR); }
  std::string_view summary() const noexcept { return text(CONFITURE_PROP_SUMMARY); }
  std::string_view risk() const noexcept { return text(CONFITURE_PROP_RISK); }

  friend bool operator==(const Node& a, const Node& b) noexcept { return a.node_ == b.node_; }
  friend bool operator!=(const Node& a, const Node& b) noexcept { return a.node_ != b.node_; }

 private:
  friend class NodeList;
  const confiture_schema_v1* api_ = nullptr;
  const confiture_node* node_ = nullptr;
};

// The nodes of one list, for indexing and for `for (const Node& column : table.columns())`.
class NodeList {
 public:
  NodeList(const Node& of, std::uint32_t list) noexcept : of_(of), list_(list) {}
  std::size_t size() const noexcept { return of_ ? of_.api_->count(of_.node_, list_) : 0; }
  bool empty() const noexcept { return size() == 0; }
  // An empty node past the end.
  Node operator[](std::size_t index) const noexcept {
    return of_ ? Node(of_.api_, of_.api_->at(of_.node_, list_, index)) : Node();
  }

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Node;
    using difference_type = std::ptrdiff_t;
    using pointer = const Node*;
    using reference = Node;
    Iterator(const NodeList& list, std::size_t index) noexcept
        : of_(list.of_), list_(list.list_), index_(index) {}
    Node operator*() const noexcept { return NodeList(of_, list_)[index_]; }
    Iterator& operator++() noexcept {
      ++index_;
      return *this;
    }
    Iterator operator++(int) noexcept {
      Iterator before = *this;
      ++index_;
      return before;
    }
    bool operator==(const Iterator& other) const noexcept { return index_ == other.index_; }
    bool operator!=(const Iterator& other) const noexcept { return index_ != other.index_; }

   private:
    Node of_;
    std::uint32_t list_;
    std::size_t index_;
  };
  Iterator begin() const noexcept { return {*this, 0}; }
  Iterator end() const noexcept { return {*this, size()}; }

 private:
  Node of_;
  std::uint32_t list_;
};

inline NodeList Node::list(std::uint32_t list) const noexcept {
  return {*this, list};
}
inline NodeList Node::children() const noexcept {
  return {*this, CONFITURE_LIST_CHILDREN};
}
inline NodeList Node::columns() const noexcept {
  return {*this, CONFITURE_LIST_COLUMNS};
}
inline NodeList Node::indexes() const noexcept {
  return {*this, CONFITURE_LIST_INDEXES};
}
inline NodeList Node::constraints() const noexcept {
  return {*this, CONFITURE_LIST_CONSTRAINTS};
}
inline NodeList Node::referenced_columns() const noexcept {
  return {*this, CONFITURE_LIST_REFERENCED_COLUMNS};
}
inline NodeList Node::included_columns() const noexcept {
  return {*this, CONFITURE_LIST_INCLUDED_COLUMNS};
}
inline NodeList Node::subcommands() const noexcept {
  return {*this, CONFITURE_LIST_SUBCOMMANDS};
}
inline NodeList Node::tables() const noexcept {
  return {*this, CONFITURE_LIST_TABLES};
}
inline NodeList Node::statements() const noexcept {
  return {*this, CONFITURE_LIST_STATEMENTS};
}

}  // namespace confiture
#pragma GCC visibility pop
