// SPDX-License-Identifier: MIT
// The inside of a SchemaModel: the names that are taken, and one function for each kind of
// statement, in the model_*.cpp files.
#pragma once

#include <cstdint>
#include <deque>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "host/sql/lazy_tree.hpp"
#include "host/sql/lexer.hpp"
#include "host/sql/node.hpp"
#include "host/sql/schema_model.hpp"
#include "host/sql/session_state.hpp"
#include "host/sql/tree.hpp"

namespace host::sql {

inline constexpr std::uint32_t last_node_kind = SchemaModel::kind_count - 1;

struct Span {
  std::uint64_t offset = 0, end = 0;
};

struct ObjectName {
  std::string schema, name;  // schema is empty where the SQL names none
};

class ModelState {
 public:
  using Names = std::unordered_map<std::string, Node*>;

  explicit ModelState(const ModelOptions& options) : options_(options) {}
  void apply(const Script& script, const SchemaModel::Each& each);

  Node* find(const Names& names, const ObjectName& name) const;
  Node* find_relation(const ObjectName& name) const { return find(relations_, name); }
  void finish();

  std::vector<const Node*> statements;
  std::map<std::string, MigrationFacts> facts;  // by the names of the files
  const std::deque<Node*>& nodes(std::uint32_t kind) const { return by_kind_[kind]; }
  bool dropped(const Node* node) const { return dropped_.contains(node); }

 private:
  struct DefaultGrant {
    Node* grant = nullptr;
    std::vector<std::string> schemas;  // none: all
  };
  struct PendingReference {  // a foreign key to a table that is not there yet
    Node* constraint = nullptr;
    ObjectName table;
    std::vector<std::string> columns;
  };
  struct PendingRead {  // a relation that a view reads and that is not there yet
    Node* view = nullptr;
    ObjectName relation;
    Span span;
    const Source* source = nullptr;
  };

  // model_state.cpp: names and lookups.
  ObjectName range_var(const tree::Object& relation) const;
  ObjectName name_list(const tree::Array& names) const;
  ObjectName object_list(const tree::Value& object) const;  // {"List": ...}, or a bare name
  std::string home_schema(const ObjectName& name) const;    // where an object of that name is made
  static std::string qualified(const ObjectName& name);     // as SQL writes it
  // model_places.cpp: what the tree does not say.
  std::uint64_t position(const tree::Object& node) const;  // its location, in the source
  std::string_view slice(const Span& span) const;
  Span name_span(std::uint64_t offset) const;  // the qualified name that starts there
  Span whole() const { return {current_->offset, current_->end_offset}; }
  // An object's tree is made from its text alone, and not from what comes before it.
  std::int64_t tree_offset() const { return static_cast<std::int64_t>(current_->offset); }
  // The pieces between the commas, from `offset` to the closing parenthesis or the statement's end.
  std::vector<Span> comma_pieces(std::uint64_t offset) const;
  Span parenthesized(std::uint64_t offset) const;  // inside the first (...) at or after offset
  std::uint64_t after_parenthesis(std::uint64_t offset) const;  // where that begins
  // The start of the token after the first of these words outside parentheses, or the end.
  std::uint64_t after_word(const Span& span, std::initializer_list<std::string_view> words) const;
  void locate(Node& node, const Span& span) const;
  // The name is longer than the catalog keeps it: notes all of it.
  void note_written_name(Node& node, std::uint64_t offset);

  // model_nodes.cpp: making, copying and dropping.
  Node& make(std::uint32_t kind, const ObjectName& name, const Span& span);
  Node& make_child(std::uint32_t kind, Node& parent, std::string_view name, const Span& span);
  // One that a table has from another: in its table's lists, but no object to be judged again.
  Node& make_copy(std::uint32_t kind, Node& parent, std::string_view name, const Span& span);
  // As it is now, with its columns, constraints and indexes; the node itself where nobody looks.
  Node* snapshot(const Node* node);
  // The part of a table's snapshot that stands for a part of the table.
  static const Node* counterpart(const Node* part, const Node* table, const Node* copy);
  Node* child(const Node* table, std::uint32_t list, std::string_view name) const;
  Node* column(const Node* table, std::string_view name) const {
    return child(table, CONFITURE_LIST_COLUMNS, name);
  }
  void drop(Node* node, bool cascade);
  void forget_name(const Node* node);
  void drop_child(Node* node, std::uint32_t list);
  // A second definition of what `first` defines; `survivor` is the one that counts.
  void redefined(Node& survivor, const Node& other);
  void setting(Node& node, std::string_view name, std::string_view value, const Span& span);
  void settings(Node& node, const tree::Array& elements);  // DefElem
  std::string_view keep(std::string_view text) { return arena_.keep(text); }
  static std::string key(std::string_view schema, std::string_view name);
  static std::string overload_key(const Node& function);
  static Node* mutable_node(const Node* node) { return const_cast<Node*>(node); }

  // model_tables.cpp
  void create_table(const tree::Object& node, Node& statement, bool foreign);
  void create_table_as(const tree::Object& node, Node& statement);
  void table_elements(Node& table, const tree::Array& elements, std::uint64_t after_names,
                      Node* partition_parent, const Span& span);
  Node* assume_table(const ObjectName& name, const Span& span);
  void inherit(Node& table, const Node& parent, const Span& span);
  void like(Node& table, const tree::Object& clause);
  // model_partitions.cpp
  void partition_of(Node& table, Node& parent, const Span& span);
  void partition_key(Node& table, const tree::Object& spec);
  void partition_bound(Node& table, const tree::Object& bound, std::uint64_t end);
  void copy_column(Node& table, const Node& original, const Span& span);
  void copy_constraint(Node& table, const Node& original, const Span& span);
  void copy_index(Node& table, const Node& original, const Span& span);
  // model_columns.cpp
  void note_definition(Node& column);
  Node& add_column(Node& table, const tree::Object& definition, const Span& span);
  void set_type(Node& node, const tree::Object& type_name);
  std::string type_text(const tree::Object& type_name) const;
  Node* find_type(const tree::Object& type_name) const;
  // model_constraints.cpp
  void column_constraints(Node& table, Node& column, const tree::Object& definition,
                          const Span& span);
  Node* add_constraint(Node& table, Node* column, const tree::Object& constraint, const Span& span);
  void mark_key_columns(const Node& constraint);
  void reference(Node& constraint, ObjectName table, std::vector<std::string> columns);
  void resolve_references();
  void link_reference(const PendingReference& pending, Node& table);
  // model_alter.cpp
  void alter_table(const tree::Object& node, Node& statement);
  // What the action made or changed, as it is now.
  Node* alter_command(Node& table, const tree::Object& command, const Span& span);
  void alter_partition(Node& table, const tree::Object& def, Node& sub, bool attach,
                       const Span& span);
  bool alter_property(Node& table, const tree::Object& command, Node* column, const Span& span);
  void drop_column(Node& table, Node* gone);
  // model_names.cpp
  void rename(const tree::Object& node, Node& statement);
  void move_relation(Node& node, const ObjectName& to);
  void set_schema(const tree::Object& node, Node& statement);
  void set_owner(const tree::Object& node, Node& statement);
  // model_drop.cpp
  void drop_objects(const tree::Object& node, Node& statement);
  void drop_schema(std::string_view name);
  static std::string object_word(std::string_view object_type);
  Node* find_object(std::string_view object_type, const tree::Value& object) const;
  // model_indexes.cpp
  void create_index(const tree::Object& node, Node& statement);
  void index_keys(Node& index, Node& table, const tree::Array& params,
                  const std::vector<Span>& spans);
  // model_views.cpp
  void create_view(const tree::Object& node, Node& statement);
  void view_options(Node& view);
  void note_reads(Node& view, const tree::Value& query);
  void resolve_reads();
  // model_functions.cpp
  void create_function(const tree::Object& node, Node& statement);
  void alter_function(const tree::Object& node, Node& statement);
  std::string signature(const tree::Object& with_arguments) const;
  void function_options(Node& function, const tree::Array& options);
  void function_arguments(Node& function, const tree::Array& parameters);
  Node* find_function(const tree::Object& with_arguments) const;
  // model_bodies.cpp
  void note_body(Node& node, const tree::Object& option);  // {"defname": "as", ...}
  std::string body_language(const Node& node) const;
  void do_block(const tree::Object& node, Node& statement, const SchemaModel::Each& each,
                Node& file);
  // model_types.cpp
  void create_type(std::uint32_t kind, const tree::Array& names, const tree::Object& node,
                   Node& statement);
  void create_domain(const tree::Object& node, Node& statement);
  void alter_domain(const tree::Object& node, Node& statement);
  void alter_enum(const tree::Object& node, Node& statement);
  void create_sequence(const tree::Object& node, Node& statement);
  void alter_sequence(const tree::Object& node, Node& statement);
  // model_access.cpp
  void create_policy(const tree::Object& node, Node& statement);
  void alter_policy(const tree::Object& node, Node& statement);
  void policy_parts(Node& policy, const tree::Object& node);
  void grant(const tree::Object& node, Node& statement, const tree::Object* defaults);
  void grant_one(Node* object, const ObjectName& name, const tree::Object& node,
                 std::string_view grantee);
  Node& make_grant(const ObjectName& name, const tree::Object& node, std::string_view grantee);
  bool take(Node& grant, const tree::Object& node);
  void default_grant(const tree::Object& node, std::string_view grantee,
                     const tree::Object& defaults);
  void give_default_grants(Node& object);
  void create_role(const tree::Object& node, Node& statement);
  static std::string role_name(const tree::Object& role);
  // model_objects.cpp
  void note_unresolved();
  void create_trigger(const tree::Object& node, Node& statement);
  void create_rule(const tree::Object& node, Node& statement);
  void create_schema(const tree::Object& node, Node& statement);
  void create_extension(const tree::Object& node, Node& statement);
  void create_publication(const tree::Object& node, Node& statement);
  void alter_publication(const tree::Object& node, Node& statement);
  void change_publication(Node& publication, const tree::Object& node);
  void comment(const tree::Object& node, Node& statement);
  Node* find_commented(const tree::Object& node, ObjectName& name) const;
  // Something refers to what nothing defines.
  void unresolved(std::string_view referrer, std::string_view object_type, const ObjectName& name,
                  const Span& span, const Source& source, std::string_view table = {});
  // model_statements.cpp
  void apply(const Statement& one, Node& file, const SchemaModel::Each& each);
  Node& file_node();
  Node& statement_node(const Statement& one, Node& file);
  Node& subcommand(Node& statement, std::string_view name, const Span& span);
  void about(Node& node, const ObjectName& name, const Node* target);
  void change(std::string_view type, const tree::Object& node, Node& statement);
  void create(std::string_view type, const tree::Object& node, Node& statement);
  void use(std::string_view type, const tree::Object& node, Node& statement);
  void on_relations(const tree::Array& relations, std::string_view action, Node& statement);
  void header_settings(Node& file);
  void set_variable(const tree::Object& node, Node& statement);
  void set_config(const tree::Object& node);
  void add_to_search_path(std::string_view schema);
  // model_locks.cpp
  void note_lock(Node& statement, std::string_view type, const tree::Object& node);
  void hold_locks(const Node& statement);

  ModelOptions options_;
  Arena arena_;
  std::vector<std::shared_ptr<const Source>> sources_;
  std::deque<Script> bodies_;  // the statements of DO blocks
  LazyTrees trees_;
  std::deque<Node*> by_kind_[last_node_kind + 1];
  Names relations_, types_, functions_, overloads_, named_;
  std::unordered_set<const Node*> dropped_;
  std::vector<PendingReference> pending_;
  std::vector<PendingRead> pending_reads_;
  std::unordered_map<const Node*, std::vector<Node*>> partitions_;
  std::vector<std::string> search_path_;
  Node* database_ = nullptr;
  std::vector<DefaultGrant> default_grants_;
  bool public_executes_ = true;  // new functions, until ALTER DEFAULT PRIVILEGES takes it
  // The script and the statement at hand.
  SessionState session_;
  std::vector<const Node*> locks_;  // held by earlier statements of the transaction
  const Source* source_ = nullptr;
  const Statement* current_ = nullptr;
  std::uint32_t script_ = 0;
  bool in_body_ = false;
};

}  // namespace host::sql
