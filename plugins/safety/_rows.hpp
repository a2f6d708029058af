// SPDX-License-Identifier: MIT
// UPDATE and DELETE, wherever they stand in a statement, and which rows they are for.
#pragma once

#include "plugins/safety/_actions.hpp"

namespace plugins::safety {

// WHERE that keeps out no row: none, true, 1 = 1.
inline bool is_for_all_rows(const Tree& where) {
  if (!where || where.is_true()) return true;
  const Tree left = where["lexpr"], right = where["rexpr"];
  return where.is("A_Expr") && where.operator_name() == "=" && left.is_number() &&
         right.is_number() && left.number() == right.number();
}

// Whether the table of an UPDATE or DELETE was there before the file, and stays.
inline bool is_old_table(const Node& statement, const Tree& relation) {
  const std::string_view name = relation.relation_name();
  if (statement.target().name() == name &&
      (statement.created_here() || statement.target().is_temporary()))
    return false;
  for (const Node& other : statement.parent().statements()) {
    const Node made = other.result();
    if (other.statement_tag().starts_with("CREATE ") && made.name() == name &&
        (relation.relation_schema().empty() || relation.relation_schema() == made.schema_name()))
      return false;
  }
  return true;
}

// The table as the statement writes it.
inline std::string written(const Tree& relation) {
  const std::string schema = text(relation.relation_schema());
  return (schema.empty() ? "" : quoted(schema) + ".") + quoted(relation.relation_name());
}

}  // namespace plugins::safety
