// SPDX-License-Identifier: MIT
// confiture/schema.hpp - an object of a schema, a plan or a statement, as a value that reads well.
// A property that a node does not have reads as an empty text, 0 or false; a link as an empty node.
#pragma once

#include <confiture/schema.h>
#include <confiture/node_kind.hpp>
#include <confiture/text.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

#pragma GCC visibility push(hidden)
namespace confiture {

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

  // More of tables and columns.
  std::string_view written_name() const noexcept { return text(CONFITURE_PROP_WRITTEN_NAME); }
  std::string_view owner() const noexcept { return text(CONFITURE_PROP_OWNER); }
  std::string_view type_sql() const noexcept { return text(CONFITURE_PROP_TYPE_SQL); }
  std::string_view collation() const noexcept { return text(CONFITURE_PROP_COLLATION); }
  std::string_view identity_kind() const noexcept { return text(CONFITURE_PROP_IDENTITY_KIND); }
  bool is_serial() const noexcept { return truth(CONFITURE_PROP_SERIAL); }
  bool has_precision() const noexcept { return truth(CONFITURE_PROP_HAS_PRECISION); }
  std::int64_t precision() const noexcept { return integer(CONFITURE_PROP_PRECISION); }
  std::int64_t scale() const noexcept { return integer(CONFITURE_PROP_SCALE); }
  std::int64_t array_dimensions() const noexcept {
    return integer(CONFITURE_PROP_ARRAY_DIMENSIONS);
  }
  Node type() const noexcept { return link(CONFITURE_LINK_TYPE); }
  std::string_view partition_strategy() const noexcept {
    return text(CONFITURE_PROP_PARTITION_STRATEGY);
  }
  std::string_view partition_key_sql() const noexcept {
    return text(CONFITURE_PROP_PARTITION_KEY_SQL);
  }
  std::string_view partition_bound_sql() const noexcept {
    return text(CONFITURE_PROP_PARTITION_BOUND_SQL);
  }
  Node partition_of() const noexcept { return link(CONFITURE_LINK_PARTITION_OF); }
  bool is_default_partition() const noexcept { return truth(CONFITURE_PROP_DEFAULT_PARTITION); }
  bool has_row_security() const noexcept { return truth(CONFITURE_PROP_ROW_SECURITY); }
  bool forces_row_security() const noexcept { return truth(CONFITURE_PROP_FORCE_ROW_SECURITY); }
  std::string_view replica_identity() const noexcept {
    return text(CONFITURE_PROP_REPLICA_IDENTITY);
  }
  bool is_assumed() const noexcept { return truth(CONFITURE_PROP_ASSUMED); }
  std::string_view label() const noexcept { return text(CONFITURE_PROP_LABEL); }
  inline NodeList triggers() const noexcept;
  inline NodeList policies() const noexcept;
  inline NodeList grants() const noexcept;
  inline NodeList partitions() const noexcept;
  inline NodeList parents() const noexcept;
  inline NodeList referenced_by() const noexcept;
  inline NodeList read_by() const noexcept;
  inline NodeList reads() const noexcept;
  inline NodeList settings() const noexcept;
  inline NodeList redefinitions() const noexcept;
  // The value of a setting, or nothing; a setting without a value reads as "".
  inline Node setting(std::string_view setting_name) const noexcept;
  std::string_view value() const noexcept { return text(CONFITURE_PROP_VALUE); }
  inline NodeList values() const noexcept;

  // More of constraints and indexes.
  bool is_named() const noexcept { return truth(CONFITURE_PROP_NAMED); }
  bool is_deferrable() const noexcept { return truth(CONFITURE_PROP_DEFERRABLE); }
  bool is_initially_deferred() const noexcept { return truth(CONFITURE_PROP_INITIALLY_DEFERRED); }
  bool nulls_not_distinct() const noexcept { return truth(CONFITURE_PROP_NULLS_NOT_DISTINCT); }
  std::string_view using_index() const noexcept { return text(CONFITURE_PROP_USING_INDEX); }
  std::string_view referenced_name() const noexcept { return text(CONFITURE_PROP_REFERENCED_NAME); }
  inline NodeList keys() const noexcept;
  Node column() const noexcept { return link(CONFITURE_LINK_COLUMN); }
  std::string_view operator_class() const noexcept { return text(CONFITURE_PROP_OPERATOR_CLASS); }
  bool is_descending() const noexcept { return truth(CONFITURE_PROP_DESCENDING); }
  bool nulls_first() const noexcept { return truth(CONFITURE_PROP_NULLS_FIRST); }

  // Functions and triggers.
  std::string_view language() const noexcept { return text(CONFITURE_PROP_LANGUAGE); }
  std::string_view volatility() const noexcept { return text(CONFITURE_PROP_VOLATILITY); }
  std::string_view signature() const noexcept { return text(CONFITURE_PROP_SIGNATURE); }
  std::string_view return_type() const noexcept { return text(CONFITURE_PROP_RETURN_TYPE); }
  std::string_view body() const noexcept { return text(CONFITURE_PROP_BODY); }
  std::string_view body_error() const noexcept { return text(CONFITURE_PROP_BODY_ERROR); }
  bool is_security_definer() const noexcept { return truth(CONFITURE_PROP_SECURITY_DEFINER); }
  bool is_procedure() const noexcept { return truth(CONFITURE_PROP_PROCEDURE); }
  bool is_public_execute() const noexcept { return truth(CONFITURE_PROP_PUBLIC_EXECUTE); }
  bool is_replace() const noexcept { return truth(CONFITURE_PROP_REPLACE); }
  std::string_view argument_mode() const noexcept { return text(CONFITURE_PROP_ARGUMENT_MODE); }
  inline NodeList arguments() const noexcept;
  inline NodeList body_statements() const noexcept;
  std::string_view timing() const noexcept { return text(CONFITURE_PROP_TIMING); }
  std::string_view events() const noexcept { return text(CONFITURE_PROP_EVENTS); }
  std::string_view function_name() const noexcept { return text(CONFITURE_PROP_FUNCTION_NAME); }
  std::string_view when_sql() const noexcept { return text(CONFITURE_PROP_WHEN_SQL); }
  bool is_for_each_row() const noexcept { return truth(CONFITURE_PROP_FOR_EACH_ROW); }
  bool is_enabled() const noexcept { return truth(CONFITURE_PROP_ENABLED); }
  Node function() const noexcept { return link(CONFITURE_LINK_FUNCTION); }

  // Policies, grants, views.
  std::string_view command() const noexcept { return text(CONFITURE_PROP_COMMAND); }
  std::string_view roles() const noexcept { return text(CONFITURE_PROP_ROLES); }
  std::string_view using_sql() const noexcept { return text(CONFITURE_PROP_USING_SQL); }
  std::string_view check_sql() const noexcept { return text(CONFITURE_PROP_CHECK_SQL); }
  bool is_permissive() const noexcept { return truth(CONFITURE_PROP_PERMISSIVE); }
  std::string_view privileges() const noexcept { return text(CONFITURE_PROP_PRIVILEGES); }
  std::string_view grantee() const noexcept { return text(CONFITURE_PROP_GRANTEE); }
  std::string_view object_type() const noexcept { return text(CONFITURE_PROP_OBJECT_TYPE); }
  bool has_grant_option() const noexcept { return truth(CONFITURE_PROP_GRANT_OPTION); }
  bool is_default_privilege() const noexcept { return truth(CONFITURE_PROP_DEFAULT_PRIVILEGE); }
  bool is_security_invoker() const noexcept { return truth(CONFITURE_PROP_SECURITY_INVOKER); }
  bool is_security_barrier() const noexcept { return truth(CONFITURE_PROP_SECURITY_BARRIER); }
  std::string_view referrer() const noexcept { return text(CONFITURE_PROP_REFERRER); }

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
  Node result() const noexcept { return link(CONFITURE_LINK_RESULT); }
  Node other() const noexcept { return link(CONFITURE_LINK_OTHER); }
  Node lock_statement() const noexcept { return link(CONFITURE_LINK_STATEMENT); }
  std::string_view new_name() const noexcept { return text(CONFITURE_PROP_NEW_NAME); }
  std::string_view lock_mode() const noexcept { return text(CONFITURE_PROP_LOCK_MODE); }
  std::string_view no_transaction_reason() const noexcept {
    return text(CONFITURE_PROP_NO_TRANSACTION_REASON);
  }
  inline NodeList locks() const noexcept;
  bool in_transaction_block() const noexcept { return truth(CONFITURE_PROP_TRANSACTION_BLOCK); }
  bool in_body() const noexcept { return truth(CONFITURE_PROP_IN_BODY); }
  bool is_dynamic() const noexcept { return truth(CONFITURE_PROP_DYNAMIC); }
  bool is_only() const noexcept { return truth(CONFITURE_PROP_ONLY); }
  bool is_local() const noexcept { return truth(CONFITURE_PROP_LOCAL); }
  bool has_where() const noexcept { return truth(CONFITURE_PROP_HAS_WHERE); }
  std::int64_t server_version() const noexcept { return integer(CONFITURE_PROP_SERVER_VERSION); }
  std::int64_t lock_timeout() const noexcept { return integer(CONFITURE_PROP_LOCK_TIMEOUT); }
  std::int64_t statement_timeout() const noexcept {
    return integer(CONFITURE_PROP_STATEMENT_TIMEOUT);
  }
  std::int64_t idle_timeout() const noexcept { return integer(CONFITURE_PROP_IDLE_TIMEOUT); }

  // The database, plans, migrations and files.
  inline NodeList tables() const noexcept;
  inline NodeList statements() const noexcept;
  bool is_migration() const noexcept { return truth(CONFITURE_PROP_MIGRATION); }
  bool has_down() const noexcept { return truth(CONFITURE_PROP_HAS_DOWN); }
  bool is_applied() const noexcept { return truth(CONFITURE_PROP_APPLIED); }
  bool is_edited() const noexcept { return truth(CONFITURE_PROP_EDITED); }
  bool is_transactional() const noexcept { return truth(CONFITURE_PROP_TRANSACTIONAL); }
  inline NodeList views() const noexcept;
  inline NodeList functions() const noexcept;
  inline NodeList files() const noexcept;
  inline NodeList sequences() const noexcept;
  inline NodeList types() const noexcept;
  inline NodeList extensions() const noexcept;
  inline NodeList schemas() const noexcept;
  inline NodeList publications() const noexcept;
  bool is_for_all_tables() const noexcept { return truth(CONFITURE_PROP_ALL_TABLES); }
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

}  // namespace confiture
#pragma GCC visibility pop

#include <confiture/detail/node_lists.hpp>
