// SPDX-License-Identifier: MIT
// The inside of a SchemaModel: the names that are taken, and one function for each kind of
// statement, in the model_*.cpp files.
#pragma once

#include <cstdint>
#include <deque>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "host/sql/lexer.hpp"
#include "host/sql/lazy_tree.hpp"
#include "host/sql/node.hpp"
#include "host/sql/schema_model.hpp"
#include "host/sql/tree.hpp"

namespace host::sql {

struct Span {
  std::uint64_t offset = 0, end = 0;
};

struct ObjectName {
  std::string schema, name;  // schema is empty where the SQL names none
};

class ModelState {
 public:
  void apply(const Script& script);

  Node* find(const std::unordered_map<std::string, Node*>& names, const ObjectName& name) const;
  Node* find_relation(const ObjectName& name) const { return find(relations_, name); }

  std::vector<const Node*> statements;
  const std::deque<Node*>& nodes(std::uint32_t kind) const { return by_kind_[kind]; }
  bool dropped(const Node* node) const { return dropped_.contains(node); }

 private:
  struct PendingReference {  // a foreign key to a table that is not there yet
    Node* constraint = nullptr;
    ObjectName table;
    std::vector<std::string> columns;
  };

  // model_state.cpp: names, places and lookups.
  ObjectName range_var(const tree::Object& relation) const;
  ObjectName name_list(const boost::json::array& names) const;
  ObjectName object_list(const tree::Value& object) const;  // {"List": ...}, or a bare name
  std::string home_schema(const ObjectName& name) const;    // where an object of that name is made
  std::uint64_t position(const tree::Object& node) const;   // its location, in the source
  std::string_view slice(const Span& span) const;
  Span name_span(std::uint64_t offset) const;  // the qualified name that starts there
  // The pieces between the commas, from `offset` to the closing parenthesis or the statement's end.
  std::vector<Span> comma_pieces(std::uint64_t offset) const;
  Span parenthesized(std::uint64_t offset) const;  // inside the first (...) at or after offset
  // The start of the token after the first of these words, or the end of the span.
  std::uint64_t after_word(const Span& span, std::initializer_list<std::string_view> words) const;
  void locate(Node& node, const Span& span) const;
  Node& make(std::uint32_t kind, const ObjectName& name, const Span& span);
  Node& make_child(std::uint32_t kind, Node& parent, std::string_view name, const Span& span);
  // One that a table has from another: in its table's lists, but no object to be judged again.
  Node& make_copy(std::uint32_t kind, Node& parent, std::string_view name, const Span& span);
  Node* snapshot(const Node* node);
  Node* child(const Node* table, std::uint32_t list, std::string_view name) const;
  Node* column(const Node* table, std::string_view name) const {
    return child(table, CONFITURE_LIST_COLUMNS, name);
  }
  void drop(Node* node, bool cascade);
  void forget_name(const Node* node);
  void drop_child(Node* node, std::uint32_t list);
  std::string_view keep(std::string_view text) { return arena_.keep(std::string(text)); }
  static std::string key(std::string_view schema, std::string_view name);
  static Node* mutable_node(const Node* node) { return const_cast<Node*>(node); }

  // model_tables.cpp
  void create_table(const tree::Object& node);
  void create_table_as(const tree::Object& node);
  void partition_of(Node& table, Node& parent, const Span& span);
  void inherit(Node& table, const Node& parent, const Span& span);
  void like(Node& table, const tree::Object& clause);
  void copy_column(Node& table, const Node& original, const Span& span);
  void copy_constraint(Node& table, const Node& original, const Span& span);
  void copy_index(Node& table, const Node& original, const Span& span);
  // model_columns.cpp
  Node& add_column(Node& table, const tree::Object& definition, const Span& span);
  void set_type(Node& column, const tree::Object& type_name);
  std::string type_text(const tree::Object& type_name) const;
  // model_constraints.cpp
  void column_constraints(Node& table, Node& column, const tree::Object& definition,
                          const Span& span);
  void add_constraint(Node& table, Node* column, const tree::Object& constraint, const Span& span);
  void mark_key_columns(const Node& constraint);
  void reference(Node& constraint, ObjectName table, std::vector<std::string> columns);
  void resolve_references();
  void link_reference(const PendingReference& pending, Node& table);
  // model_alter.cpp
  void alter_table(const tree::Object& node, Node& statement);
  void alter_command(Node* table, const tree::Object& command, const Span& span);
  void drop_column(Node& table, Node* gone);
  void rename(const tree::Object& node, Node& statement);
  void move_relation(Node& node, const ObjectName& to);
  void set_schema(const tree::Object& node, Node& statement);
  // model_drop.cpp
  void drop_objects(const tree::Object& node, Node& statement);
  void drop_schema(std::string_view name);
  static std::string object_word(std::string_view object_type);
  Node* find_dropped(std::string_view object_type, const tree::Value& object) const;
  // model_objects.cpp
  void create_index(const tree::Object& node);
  void create_view(const tree::Object& node);
  void create_function(const tree::Object& node);
  void create_on_table(std::uint32_t kind, const tree::Object& node, std::string_view relation_key,
                       std::string_view name_key);
  void create_named(std::uint32_t kind, std::string_view name, const tree::Object& node);
  void create_enum(const tree::Object& node);
  void grant(const tree::Object& node);
  void comment(const tree::Object& node);
  // model_statements.cpp
  void apply(const Statement& one, Node& file);
  Node& statement_node(const Statement& one, Node& file);
  Node& subcommand(Node& statement, std::string_view name, const Span& span);
  void about(Node& node, const ObjectName& name, const Node* target);
  void change(std::string_view type, const tree::Object& node, Node& statement);
  void set_variable(const tree::Object& node);
  void set_config(const tree::Object& node);
  void add_to_search_path(std::string_view schema);

  Arena arena_;
  std::vector<std::shared_ptr<const Source>> sources_;
  LazyTrees trees_;
  std::deque<Node*> by_kind_[CONFITURE_NODE_PLAN + 1];
  std::unordered_map<std::string, Node*> relations_, types_, functions_, overloads_, named_;
  std::unordered_set<const Node*> dropped_;
  std::vector<PendingReference> pending_;
  std::unordered_map<const Node*, std::vector<Node*>> partitions_;
  std::vector<std::string> search_path_;
  // The script and the statement at hand.
  const Source* source_ = nullptr;
  const Statement* current_ = nullptr;
  std::uint32_t script_ = 0;
};

}  // namespace host::sql
