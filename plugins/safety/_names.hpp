// SPDX-License-Identifier: MIT
// Old names that programs know, and whether something has them still when a file is done.
#pragma once

#include "plugins/common/rule.hpp"

namespace plugins::safety {

// Whether a later statement of the file gives the name to a table or view, so that programs find
// something there as soon as the transaction is over.
inline bool is_taken_again(const Node& file, const Node& after, std::string_view name,
                           std::string_view schema) {
  const auto same = [&](std::string_view other, std::string_view other_schema) {
    return other == name && (schema.empty() || other_schema.empty() || schema == other_schema);
  };
  bool later = false;
  for (const Node& statement : file.statements()) {
    if (statement == after) later = true;
    if (!later || statement == after || !statement.in_transaction()) continue;
    const Node made = statement.result();
    if (statement.statement_tag().starts_with("CREATE ") && same(made.name(), made.schema_name()) &&
        (made.kind() == NodeKind::view || made.kind() == NodeKind::table))
      return true;
    for (const Node& action : statement.subcommands()) {
      if (action.subcommand() == "set_schema" && same(action.name(), action.new_name()))
        return true;
      if (action.subcommand().starts_with("rename_") && action.subcommand() != "rename_column" &&
          same(action.new_name(), action.schema_name()))
        return true;
    }
  }
  return false;
}

// An action that renames or moves an object of before its file, which kind of object it is for:
// "table" and the like; empty where it is another object's, or nobody's.
inline std::string renamed_kind(const Node& action) {
  static constexpr std::string_view rename = "rename_";
  const std::string_view what = action.subcommand();
  if (!what.starts_with(rename) || action.created_here()) return {};
  const Node target = action.target();
  if (target.is_temporary()) return {};
  const std::string_view kind = what.substr(rename.size());
  if (kind != "table") return text(kind);
  switch (target ? target.kind() : NodeKind::table) {  // ALTER TABLE takes all of them
    case NodeKind::view:
      return target.is_materialized() ? "materialized view" : "view";
    case NodeKind::sequence:
      return "sequence";
    case NodeKind::index:
      return "index";
    case NodeKind::foreign_table:
      return "foreign table";
    default:
      return "table";
  }
}

}  // namespace plugins::safety
