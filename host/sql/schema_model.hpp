// SPDX-License-Identifier: MIT
// A schema as nodes, made from DDL: what the statements of some files, in order, would create.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/sql/node.hpp"
#include "host/sql/statement.hpp"

namespace host::sql {

// Folds statements, one after the other, into tables, columns, constraints, indexes, views, enum
// types, functions, triggers, policies, grants and extensions; each knows the place that made it.
// ALTER and DROP change what is there. A statement that it does not know changes nothing.
//
// A table's LIST_INDEXES holds what CREATE INDEX made; the index behind a primary key or a unique
// constraint is only the constraint. A foreign table is no table. A partition has the columns,
// constraints and indexes of its parent, placed at its own name.
class SchemaModel {
 public:
  SchemaModel();
  ~SchemaModel();
  SchemaModel(SchemaModel&&) noexcept;
  SchemaModel& operator=(SchemaModel&&) noexcept;

  // Applies all statements of a script, which has its trees. They may be forgotten afterwards: the
  // model keeps the source.
  void apply(const Script& script);

  // The statements' own nodes (kind STATEMENT, children SUBCOMMAND), in order: for safety rules.
  // LINK_TARGET of each is the object as it was before the statement. Their CREATED_HERE says that
  // the object was made by an earlier statement of the same script. Those that could not be parsed
  // are not there.
  const std::vector<const Node*>& statements() const;
  // Every object of a kind, in the order of its making; dropped ones are not there, nor are the
  // columns, constraints and indexes that a table has from another (they are in its lists).
  std::vector<const Node*> objects(std::uint32_t kind) const;
  const Node* find_table(std::string_view schema, std::string_view name) const;

 private:
  std::unique_ptr<class ModelState> state_;
};

}  // namespace host::sql
