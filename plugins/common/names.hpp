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

// Whether `part`'s words stand in `name`'s, next to each other.
inline bool has_words(const std::vector<std::string>& name, const std::vector<std::string>& part) {
  if (part.empty()) return false;
  for (std::size_t start = 0; start + part.size() <= name.size(); ++start) {
    std::size_t same = 0;
    while (same < part.size() && name[start + same] == part[same]) ++same;
    if (same == part.size()) return true;
  }
  return false;
}

// The first of `patterns` whose words the name has, or nullptr.
inline const std::string* matching(std::string_view name,
                                   const std::vector<std::string>& patterns) {
  const std::vector<std::string> words = words_of(name);
  for (const std::string& pattern : patterns)
    if (has_words(words, words_of(pattern))) return &pattern;
  return nullptr;
}

// Whether a list names the object, by its name or as SQL writes it with its schema.
inline bool is_listed(const confiture::Node& node, const std::vector<std::string>& list) {
  for (const std::string& one : list)
    if (node.name() == one || node.qualified_name() == one) return true;
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
