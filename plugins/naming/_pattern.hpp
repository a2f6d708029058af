// SPDX-License-Identifier: MIT
// Patterns of names: "{table}_{columns}_idx", "app_*".
#pragma once

#include <confiture/report.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "plugins/common/names.hpp"

namespace plugins::naming {

inline constexpr std::size_t longest_name = 63;  // what the server keeps, in bytes

// `*` stands for any text, none included.
inline bool matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, from = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

inline bool has_star(std::string_view pattern) {
  return pattern.find('*') != std::string_view::npos;
}

// The pattern for one object: {table} and {columns} give way to names.
inline std::string filled(std::string pattern, std::string_view table, std::string_view columns) {
  const auto replace = [&](std::string_view what, std::string_view by) {
    for (std::size_t at = pattern.find(what); at != std::string::npos;
         at = pattern.find(what, at + by.size()))
      pattern.replace(at, what.size(), by);
  };
  replace("{table}", table);
  replace("{columns}", columns);
  return pattern;
}

// Of tables: a domain's constraints, a partition's and a foreign table's are named elsewhere. Where
// the server would cut the wanted name there is nothing to ask for.
inline void check_constraint(const confiture::Node& constraint, const std::string& pattern,
                             confiture::Report& report) {
  const confiture::Node table = constraint.parent();
  if (table.kind() != confiture::NodeKind::table || table.is_partition()) return;
  std::string columns;
  for (const confiture::Node& column : constraint.columns())
    columns += (columns.empty() ? "" : "_") + text(column.name());
  const std::string wanted = filled(pattern, table.name(), columns);
  if (wanted.size() > longest_name || matches(wanted, constraint.name())) return;
  confiture::Finding& finding =
      report.add(constraint, "constraint " + quoted(constraint.name()) + " of table " +
                                 text(table.qualified_name()) + " is not named " + wanted);
  finding.hint("rename it");
  if (!has_star(wanted))
    finding.suggestion("ALTER TABLE " + text(table.qualified_name()) + " RENAME CONSTRAINT " +
                       quoted(constraint.name()) + " TO " + quoted(wanted) + ";");
}

}  // namespace plugins::naming
