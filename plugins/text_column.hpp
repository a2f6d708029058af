// SPDX-License-Identifier: MIT
// What strategies that return text ask of the column they are bound to.
#pragma once

#include <confiture/plugin.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#pragma GCC visibility push(hidden)
namespace plugins {

// Throws where a column cannot hold any text of `length` characters.
inline void require_text_columns(const confiture::BatchColumns& columns, std::int64_t length) {
  constexpr std::array<std::string_view, 5> text_types{"text", "varchar", "bpchar", "citext",
                                                       "name"};
  for (std::size_t i = 0; i < columns.target_count(); ++i) {
    const confiture::Node column = columns[i];
    const std::string_view type = column.type_name();
    if (std::find(text_types.begin(), text_types.end(), type) == text_types.end())
      throw confiture::Unsupported(
          "a column of type " + std::string(type) + " cannot hold its text",
          "it replaces text, varchar, char, citext and name");
    const std::int64_t room = type == "name" ? 63 : column.max_length();
    if (room != 0 && room < length)
      throw confiture::Unsupported("the column holds " + std::to_string(room) +
                                       " characters, and the new values have up to " +
                                       std::to_string(length),
                                   "widen the column, or choose a shorter form");
  }
}

// A value as its type compares it: char(n) is padded with blanks that do not count.
inline std::string_view canonical(std::string_view value, bool padded) {
  if (padded) value = value.substr(0, value.find_last_not_of(' ') + 1);
  return value;
}

}  // namespace plugins
#pragma GCC visibility pop
