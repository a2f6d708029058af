// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct DropColumnRemovesConstraint {
  static constexpr RuleRecord record{
      .id = "safety.drop_column_removes_constraint",
      .summary = "No constraint or index goes with a column unnoticed",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "DROP COLUMN also drops every index, key and foreign key that the column is part of, of "
          "several columns too, without a word: duplicates and orphans can come in, and queries "
          "get slow. Drop them by name before, or make what is to stay anew on the other columns. "
          "A table or column that the same file made is exempt, and what no migration tells is not "
          "seen.",
      .bad =
          "-- file: 1_make.up.sql\nCREATE TABLE seat (room bigint, number bigint, UNIQUE (room, "
          "number));\n-- file: 2_drop.up.sql\nALTER TABLE seat DROP COLUMN room;",
      .good =
          "-- file: 1_make.up.sql\nCREATE TABLE seat (room bigint, number bigint, UNIQUE (room, "
          "number));\n-- file: 2_drop.up.sql\nALTER TABLE seat DROP CONSTRAINT "
          "seat_room_number_key;\nALTER TABLE seat DROP COLUMN room;"};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "drop_column" || !is_on_old_table(action) || action.created_here())
      return;
    const Node table = table_before(action);
    std::string parts;
    const auto add = [&](const std::string& one) { parts += (parts.empty() ? "" : ", ") + one; };
    for (const Node& constraint : table.constraints())
      if (has(constraint.columns(), action.name()) && !is_dropped(action, constraint.name()) &&
          (constraint.constraint_kind() != "check" || constraint.columns().size() > 1))
        add("constraint " + quoted(constraint.name()));
    for (const Node& index : table.indexes())
      if (has(index.columns(), action.name()) || has(index.included_columns(), action.name()))
        add("index " + quoted(index.name()));
    if (parts.empty()) return;
    report.add(action, "with " + column_of(action) + " goes " + parts)
        .hint("drop them by name before, or make what is to stay on the other columns");
  }

 private:
  static bool has(const NodeList& columns, std::string_view name) {
    for (const Node& column : columns)
      if (column.name() == name) return true;
    return false;
  }

  // By the same statement.
  static bool is_dropped(const Node& action, std::string_view constraint) {
    for (const Node& other : action.parent().subcommands())
      if (other.subcommand() == "drop_constraint" && other.name() == constraint) return true;
    return false;
  }
};

}  // namespace

RuleExtension drop_column_removes_constraint() {
  return confiture::rule<DropColumnRemovesConstraint>();
}

}  // namespace plugins::safety
