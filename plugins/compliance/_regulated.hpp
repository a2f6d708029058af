// SPDX-License-Identifier: MIT
// Which tables hold regulated data, and the tags by which a comment says how it is dealt with.
#pragma once

#include "plugins/common/personal_data.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::compliance {

// The place after a tag in a comment, or npos. A tag stands as "name: value", "name=value", "@name"
// or "[name]"; upper and lower case are the same, and so are "legal_basis" and "legal basis".
inline std::size_t after_tag(std::string_view comment, std::string_view name) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == ' ' ? '_' : c;
  };
  const auto letter = [&](char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  for (std::size_t at = 0; at + name.size() <= comment.size(); ++at) {
    std::size_t same = 0;
    while (same < name.size() && lower(comment[at + same]) == name[same]) ++same;
    const std::size_t end = at + name.size();
    const char before = at > 0 ? comment[at - 1] : ' ';
    const char after = end < comment.size() ? comment[end] : ' ';
    if (same != name.size() || letter(before) || letter(after)) continue;
    const std::size_t mark = comment.find_first_not_of(' ', end);
    const bool value =
        mark != std::string_view::npos && (comment[mark] == ':' || comment[mark] == '=');
    if (value) return mark + 1;
    if (before == '@' || before == '[') return end;
  }
  return std::string_view::npos;
}

inline bool has_tag(std::string_view comment, const std::vector<std::string>& names) {
  for (const std::string& name : names)
    if (after_tag(comment, name) != std::string_view::npos) return true;
  return false;
}

// A table of its own that lasts: no partition, which is as its parent is, and none of a session.
inline bool is_judged_table(const Node& table, const std::vector<std::string>& exclude) {
  return table.kind() == NodeKind::table && !table.is_partition() && !table.is_temporary() &&
         !is_listed(table, exclude);
}

// Why a table is regulated: "holds personal data (email)", "is regulated"; empty if it is not.
inline std::string regulated(const Node& table, const std::vector<std::string>& names,
                             const std::vector<std::string>& tables) {
  if (is_listed(table, tables)) return "is regulated";
  const Node column = data_column(table, names);
  return column ? "holds personal data (" + quoted(column.name()) + ")" : std::string();
}

inline bool has_column(const Node& table, const std::vector<std::string>& names) {
  for (const Node& column : table.columns())
    if (matching(column.name(), names) != nullptr) return true;
  return false;
}

inline std::string table_text(const Node& table) {
  return "table " + text(table.qualified_name());
}

}  // namespace plugins::compliance
