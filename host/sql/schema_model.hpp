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
class SchemaModel {
 public:
  SchemaModel();
  ~SchemaModel();
  SchemaModel(SchemaModel&&) noexcept;
  SchemaModel& operator=(SchemaModel&&) noexcept;

  // Applies all statements of a script. The script stays alive as long as the model.
  void apply(const Script& script);

  // The statements' own nodes (kind STATEMENT, children SUBCOMMAND), in order: for safety rules.
  // LINK_TARGET of each is the object as it was before the statement.
  const std::vector<const Node*>& statements() const;
  // Every object of a kind, in the order of its making; dropped ones are not there.
  std::vector<const Node*> objects(std::uint32_t kind) const;
  const Node* find_table(std::string_view schema, std::string_view name) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace host::sql
