// SPDX-License-Identifier: MIT
// Constraints that are dropped.
#pragma once

#include "plugins/safety/_actions.hpp"

namespace plugins::safety {

// Of a table or domain that was there before its file.
inline bool drops_old_constraint(const Node& action) {
  if (action.subcommand() != "drop_constraint" || action.created_here()) return false;
  const Node statement = action.parent();
  if (statement.statement_tag() == "ALTER DOMAIN") return !statement.created_here();
  if (!is_on_old_table(action)) return false;
  // IF EXISTS, and it does not.
  return action.target().kind() == NodeKind::constraint || !action.if_exists() ||
         !is_known(table_before(action));
}

// A constraint that no file shows is one by the name that PostgreSQL gives it.
inline bool drops_primary_key(const Node& action) {
  const Node constraint = action.target();
  if (constraint.kind() == NodeKind::constraint)
    return constraint.constraint_kind() == "primary_key";
  return action.name().ends_with("_pkey");
}

// Whether the file adds another to the same table or domain: of the same name, on the same columns,
// or a primary key for a primary key.
inline bool is_replaced(const Node& file, const Node& dropping, const Report& report) {
  const Node old = dropping.target();
  const auto stands_in = [&](const Node& made) {
    if (made.name() == dropping.name()) return true;
    if (made.constraint_kind() == "primary_key" && drops_primary_key(dropping)) return true;
    return made.constraint_kind() == old.constraint_kind() && !made.columns().empty() &&
           column_list(made.columns()) == column_list(old.columns());
  };
  for (const Node& statement : file.statements()) {
    if (statement.qualified_name() != dropping.qualified_name()) continue;
    for (const Node& action : statement.subcommands()) {
      if (action.subcommand() == "add_constraint" &&
          (stands_in(action.result()) || action.name() == dropping.name()))
        return true;
      // A new name for what was added under another one.
      if (action.subcommand().starts_with("rename_") && action.new_name() == dropping.name() &&
          report.tree(statement).text("renameType").ends_with("CONSTRAINT"))
        return true;
    }
  }
  return false;
}

}  // namespace plugins::safety
