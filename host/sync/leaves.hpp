// SPDX-License-Identifier: MIT
// The single values within one value's text: elements of an array, fields of a composite, strings
// and numbers of a JSON document, lexemes of a tsvector; of anything else, the text itself.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace host::sync {

// Whether the text may be a document rather than one value.
inline bool is_document(std::string_view text) {
  if (text.size() < 2) return false;
  const char first = text.front(), last = text.back();
  return (first == '{' && last == '}') || (first == '[' && (last == ']' || last == '}')) ||
         (first == '(' && last == ')') || (first == '"' && last == '"') || first == '\'';
}

namespace detail {

constexpr std::array<bool, 256> make_separators() {
  std::array<bool, 256> separators{};
  for (const char c : std::string_view("{}[](),: \t\n\r\"'=>"))
    separators[static_cast<unsigned char>(c)] = true;
  return separators;
}
inline constexpr std::array<bool, 256> separators = make_separators();

inline bool is_separator(char c) {
  return separators[static_cast<unsigned char>(c)];
}

// What stands from `at` to the quote's end, without escapes: \" and "" and '', \n and their kin.
// `at` moves behind the quote. A part of the text, or `storage`.
inline std::string_view read_quoted(std::string_view text, char quote, std::size_t& at,
                                    std::string& storage) {
  const std::size_t begin = at;
  while (at < text.size() && text[at] != quote && text[at] != '\\') ++at;
  if (at >= text.size() || (text[at] == quote && (at + 1 >= text.size() || text[at + 1] != quote)))
    return text.substr(begin, at++ - begin);
  storage.assign(text, begin, at - begin);
  for (; at < text.size(); ++at) {
    if (text[at] == quote) {
      if (at + 1 >= text.size() || text[at + 1] != quote) break;
      ++at;
    } else if (text[at] == '\\' && at + 1 < text.size()) {
      ++at;
      if (std::string_view("nrtbf").find(text[at]) != std::string_view::npos &&
          text.front() != '(') {
        storage += ' ';
        continue;
      }
    }
    storage += text[at];
  }
  ++at;
  return storage;
}

}  // namespace detail

// Calls visit(leaf) for each leaf of a document, or for the text that is none.
template <typename Visit>
void each_leaf(std::string_view text, const Visit& visit) {
  if (!is_document(text)) {
    if (!text.empty()) visit(text);
    return;
  }
  // A quoted leaf ends at its quote, a bare one at a separator.
  std::string storage;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    std::string_view leaf;
    if (c == '"' || c == '\'') {
      leaf = detail::read_quoted(text, c, ++at, storage);
    } else {
      const auto* const end = std::find_if(text.begin() + at, text.end(), detail::is_separator);
      leaf = text.substr(at, static_cast<std::size_t>(end - text.begin()) - at);
      at += std::max<std::size_t>(leaf.size(), 1);
    }
    if (!leaf.empty()) visit(leaf);
  }
}

}  // namespace host::sync
