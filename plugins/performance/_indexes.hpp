// SPDX-License-Identifier: MIT
// What the rules about indexes compare.
#pragma once

#include <algorithm>

#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"

namespace plugins::performance {

// A key as it counts when indexes are compared: what it is of, and its order. `mirrored`: the
// order in which the index is read backwards.
inline std::string key_text(const Node& key, bool mirrored) {
  std::string result = key.name().empty() ? text(key.expression_sql()) : quoted(key.name());
  if (!key.operator_class().empty()) result += " " + text(key.operator_class());
  if (!key.collation().empty()) result += " COLLATE " + quoted(key.collation());
  if (key.is_descending() != mirrored) result += " DESC";
  if (key.nulls_first() != mirrored) result += " NULLS FIRST";
  return result;
}

inline std::vector<std::string> keys_of(const Node& index, bool mirrored = false) {
  std::vector<std::string> keys;
  for (const Node& key : index.keys()) keys.push_back(key_text(key, mirrored));
  return keys;
}

// The same of the index of a primary key or a unique constraint.
inline std::vector<std::string> constraint_keys(const Node& constraint) {
  std::vector<std::string> keys;
  for (const Node& column : constraint.columns()) keys.push_back(quoted(column.name()));
  return keys;
}

inline bool has_index(const Node& constraint) {
  const std::string_view kind = constraint.constraint_kind();
  return kind == "primary_key" || kind == "unique" || kind == "exclude";
}
inline bool is_btree_constraint(const Node& constraint) {
  return has_index(constraint) && constraint.constraint_kind() != "exclude";
}

inline bool keys_begin_with(const std::vector<std::string>& keys,
                            const std::vector<std::string>& first) {
  return keys.size() >= first.size() && std::equal(first.begin(), first.end(), keys.begin());
}

inline bool has_node(const NodeList& list, const Node& node) {
  for (const Node& one : list)
    if (one == node) return true;
  return false;
}

// "index a of table public.t".
inline std::string index_of(const Node& index) {
  return "index " + quoted(index.name()) + " of " +
         (index.parent().kind() == NodeKind::view ? "materialized view " : "table ") +
         text(index.parent().qualified_name());
}

inline std::string drop_index(const Node& index) {
  return "DROP INDEX " + text(index.qualified_name()) + ";";
}

// Where CREATE INDEX stood, a comment stays: nobody takes it for lost.
inline void leave_away(Finding& finding, const Node& index) {
  const Written made(index);
  if (made && index.location().offset >= made.begin() && made.has(index.location().offset))
    finding.fix(made.begin(), made.end(), "/* index " + quoted(index.name()) + " left away */");
}

// Whether the index is of a partition, whose parent's it may be, or of what goes with the session.
inline bool is_judged_index(const Node& index, const std::vector<std::string>& exclude) {
  const Node table = index.parent();
  return !table.is_partition() && !table.is_temporary() && !is_listed(index, exclude) &&
         !is_listed(table, exclude);
}

}  // namespace plugins::performance
