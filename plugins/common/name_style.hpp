// SPDX-License-Identifier: MIT
// snake_case, camelCase and their kin: whether a name follows one, and how it would read in it.
#pragma once

#include <confiture/parameters.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "plugins/common/names.hpp"

namespace plugins {

enum class NameStyle { snake_case, camel_case, pascal_case, upper_snake_case };

// For field("style", ...), in the order of the enumerators.
inline constexpr auto name_styles =
    confiture::choices("snake_case", "camelCase", "PascalCase", "UPPER_SNAKE_CASE");

inline const char* name_of(NameStyle style) {
  return name_styles.words[static_cast<std::size_t>(style)];
}

inline bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
inline bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
// Letters beyond ASCII have no case here: they fit every style.
inline bool is_other(char c) {
  return (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

inline bool follows(std::string_view name, NameStyle style) {
  const bool underscores = style == NameStyle::snake_case || style == NameStyle::upper_snake_case;
  for (const char c : name) {
    const bool allowed = is_other(c) || (underscores && c == '_') ||
                         (style != NameStyle::upper_snake_case && is_lower(c)) ||
                         (style != NameStyle::snake_case && is_upper(c));
    if (!allowed) return false;
  }
  if (name.empty()) return true;
  if (style == NameStyle::camel_case) return !is_upper(name[0]);
  return style != NameStyle::pascal_case || !is_lower(name[0]);
}

inline std::string rewritten(std::string_view name, NameStyle style) {
  std::string result;
  for (std::string word : words_of(name)) {
    const bool first = result.empty();
    for (std::size_t i = 0; i < word.size(); ++i) {
      const bool capital = style == NameStyle::upper_snake_case ||
                           (i == 0 && (style == NameStyle::pascal_case ||
                                       (style == NameStyle::camel_case && !first)));
      if (capital && is_lower(word[i])) word[i] = static_cast<char>(word[i] - 'a' + 'A');
    }
    const bool underscores = style == NameStyle::snake_case || style == NameStyle::upper_snake_case;
    result += (underscores && !first ? "_" : "") + word;
  }
  return result;
}

}  // namespace plugins
