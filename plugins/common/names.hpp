// SPDX-License-Identifier: MIT
// Names of tables and columns, as rules about names look at them.
#pragma once

#include <confiture/schema.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/common/reserved_words.hpp"

namespace plugins {

// The words of a name in lower case: "userEmail", "USER_EMAIL" and "user_email" are user, email.
inline std::vector<std::string> words_of(std::string_view name) {
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == '_' || c == ' ' || c == '-') {
      if (!words.back().empty()) words.emplace_back();
      continue;
    }
    // A capital begins a word after a small letter, and before one: HTTPServer is http, server.
    const bool begins =
        upper(c) && i > 0 &&
        (!upper(name[i - 1]) || (i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z'));
    if (begins && !words.back().empty()) words.emplace_back();
    words.back() += upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

// The words of a name in one text: "user_email" of "userEmail".
inline std::string joined_words(std::string_view name) {
  std::string joined;
  for (const std::string& word : words_of(name)) joined += (joined.empty() ? "" : "_") + word;
  return joined;
}

// Whether joined_words() would change nothing: most names and all of our own lists are so.
inline bool is_joined(std::string_view name) {
  bool mark = true;  // nothing, or an underscore, comes before
  for (const char c : name) {
    if ((c >= 'A' && c <= 'Z') || c == ' ' || c == '-' || (c == '_' && mark)) return false;
    mark = c == '_';
  }
  return !mark;
}

// Whether `part`'s words stand in `name`'s, next to each other; both are joined.
inline bool has_words(std::string_view name, std::string_view part) {
  for (std::size_t at = name.find(part); at != std::string_view::npos;
       at = name.find(part, at + 1)) {
    const std::size_t end = at + part.size();
    if ((at == 0 || name[at - 1] == '_') && (end == name.size() || name[end] == '_')) return true;
  }
  return false;
}

// The first of `patterns` whose words the name has, or nullptr. Asked of each column of a schema:
// nothing is copied where both are in lower case with underscores.
inline const std::string* matching(std::string_view name,
                                   const std::vector<std::string>& patterns) {
  std::string made;
  if (!is_joined(name)) name = made = joined_words(name);
  for (const std::string& pattern : patterns) {
    if (is_joined(pattern)) {
      if (has_words(name, pattern)) return &pattern;
    } else if (const std::string part = joined_words(pattern);
               !part.empty() && has_words(name, part)) {
      return &pattern;
    }
  }
  return nullptr;
}

// Whether a list names the object, by its name or as SQL writes it with its schema.
inline bool is_listed(const confiture::Node& node, const std::vector<std::string>& list) {
  if (list.empty()) return false;
  const std::string_view name = node.name(), qualified = node.qualified_name();
  for (const std::string& one : list)
    if (name == one || qualified == one) return true;
  return false;
}

// A name as SQL needs it in a suggestion: in quotes unless it is plain lower case and no keyword.
inline std::string quoted(std::string_view name) {
  bool plain = !name.empty() && !(name[0] >= '0' && name[0] <= '9') && !is_reserved(name);
  for (const char c : name)
    plain = plain && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
  if (plain) return std::string(name);
  std::string result = "\"";
  for (const char c : name) result.append(c == '"' ? 2 : 1, c);
  return result + "\"";
}

// "a, b" of the nodes' names, quoted.
inline std::string column_list(const confiture::NodeList& columns) {
  std::string result;
  for (const confiture::Node& column : columns)
    result += (result.empty() ? "" : ", ") + quoted(column.name());
  return result;
}

inline std::string text(std::string_view view) {
  return std::string(view);
}

}  // namespace plugins
