// SPDX-License-Identifier: MIT
// What the rules about columns and their types ask of a column.
#pragma once

#include <confiture/schema.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/common/names.hpp"

namespace plugins::structure {

// Whether a table's design is its own: a partition has it from its parent, a temporary table goes
// with the session, and `exclude` may name it.
inline bool is_judged_table(const confiture::Node& table, const std::vector<std::string>& exclude) {
  return table.kind() == confiture::NodeKind::table && !table.is_partition() &&
         !table.is_temporary() && !is_listed(table, exclude);
}
// The same for a column: `exclude` may name it or its table.
inline bool is_judged(const confiture::Node& column, const std::vector<std::string>& exclude) {
  return is_judged_table(column.parent(), exclude) && !is_listed(column, exclude);
}

// The built-in type of a column or of its elements, by pg_type.typname; empty for a type that the
// schema defines, which may have any name.
inline std::string_view built_in_type(const confiture::Node& column) {
  std::string_view name = column.type_name();
  if (column.type()) return {};
  if (name.size() > 2 && name.substr(name.size() - 2) == "[]") name.remove_suffix(2);
  return name;
}
inline bool is_array(const confiture::Node& column) {
  return column.array_dimensions() > 0;
}

// A domain may forbid NULL where the column itself does not.
inline bool may_be_null(const confiture::Node& column) {
  const confiture::Node type = column.type();
  return column.is_nullable() && (type.kind() != confiture::NodeKind::domain || type.is_nullable());
}

inline bool has_column(const confiture::NodeList& columns, const confiture::Node& column) {
  for (const confiture::Node& one : columns)
    if (one == column) return true;
  return false;
}

// Whether the column refers to another table: its type is then that of what it refers to.
// Partitions may have the foreign key that their parent lacks.
inline bool is_in_foreign_key(const confiture::Node& column) {
  const auto refers = [&](const confiture::Node& table) {
    for (const confiture::Node& constraint : table.constraints()) {
      if (constraint.constraint_kind() != "foreign_key") continue;
      for (const confiture::Node& one : constraint.columns())
        if (one.name() == column.name()) return true;
    }
    return false;
  };
  if (refers(column.parent())) return true;
  for (const confiture::Node& partition : column.parent().partitions())
    if (refers(partition)) return true;
  return false;
}

// ALTER TABLE t ALTER COLUMN c TYPE `type`;
inline std::string alter_type(const confiture::Node& column, std::string_view type) {
  const std::string brackets = is_array(column) ? "[]" : "";
  return "ALTER TABLE " + text(column.parent().qualified_name()) + " ALTER COLUMN " +
         quoted(column.name()) + " TYPE " + text(type) + brackets + ";";
}

// "public.t (a, b)": a constraint's table and columns, for messages.
inline std::string place_of(const confiture::Node& constraint) {
  return text(constraint.parent().qualified_name()) + " (" + column_list(constraint.columns()) +
         ")";
}

}  // namespace plugins::structure
