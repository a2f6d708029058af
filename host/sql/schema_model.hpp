// SPDX-License-Identifier: MIT
// A schema as nodes, made from DDL: what the statements of some files, in order, would create.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/sql/node.hpp"
#include "host/sql/statement.hpp"

namespace host::sql {

// What the server and the caller settle before the first statement.
struct ModelOptions {
  // Statements will be judged: their targets are copied as they were, and a table that nothing made
  // is assumed from what changes it.
  bool migrations = true;
  bool in_transaction = true;   // what the host does with a file that does not say otherwise
  int server_version = 150000;  // as server_version_num
  std::int64_t lock_timeout = 0, statement_timeout = 0, idle_timeout = 0;  // milliseconds; 0: none
};

// What a migration's file does not say of itself.
struct MigrationFacts {
  std::optional<std::string> version;  // "" for none; nothing: the digits that its name begins with
  bool has_down = false;               // or its layout knows no way down
  bool applied = false, edited = false;
  std::optional<bool> transactional = {};  // by its layout; nothing: its header comment says it
};

// Folds statements, one after the other, into a schema; each object knows the place that made it.
// ALTER and DROP change what is there. A statement that it does not know changes nothing.
//
// A table's LIST_INDEXES holds what CREATE INDEX made; the index behind a primary key or a unique
// constraint is only the constraint. A partition has the columns, constraints and indexes of its
// parent, placed at its own name.
class SchemaModel {
 public:
  static constexpr std::size_t kind_count = CONFITURE_NODE_FOREIGN_TABLE + 1;

  explicit SchemaModel(const ModelOptions& options = {});
  ~SchemaModel();
  SchemaModel(SchemaModel&&) noexcept;
  SchemaModel& operator=(SchemaModel&&) noexcept;

  // Applies all statements of a script, which has its trees. They may be forgotten afterwards: the
  // model keeps the source. `each` gets every statement's node right after it was applied, and the
  // node of the file at its end: the trees are there, LINK_TARGET is the object as it was before,
  // LINK_RESULT as it is now.
  using Each = std::function<void(const Node&)>;
  void apply(const Script& script, const Each& each = {});

  // The statements' own nodes (kind STATEMENT, children SUBCOMMAND), in order. CREATED_HERE says
  // that the object was made by an earlier statement of the same script. Those that could not be
  // parsed are not there.
  const std::vector<const Node*>& statements() const;
  // Every object of a kind, in the order of its making; dropped ones are not there, nor are the
  // columns, constraints and indexes that a table has from another (they are in its lists).
  std::vector<const Node*> objects(std::uint32_t kind) const;
  // What a migration's file is called without its way: db/migrations/0001_init.
  static std::string stem(std::string_view file_name);
  // By the names of the files.
  void note_facts(std::map<std::string, MigrationFacts> facts);
  // After the last script: the node of kind DATABASE with its lists, and the names that nothing
  // defines.
  void finish();
  const Node* find_table(std::string_view schema, std::string_view name) const;

 private:
  std::unique_ptr<class ModelState> state_;
};

}  // namespace host::sql
