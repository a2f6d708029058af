// SPDX-License-Identifier: MIT
// The single values within one value's text: elements of an array, fields of a composite, strings
// and numbers of a JSON document, lexemes of a tsvector, what stands between and within the tags of
// XML; of anything else, the text itself.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "host/sync/unicode.hpp"

namespace host::sync {

// Whether the text may be a document rather than one value.
inline bool is_document(std::string_view text) {
  if (text.size() < 2) return false;
  const char first = text.front(), last = text.back();
  switch (first) {
    case '{':
      return last == '}';
    case '[':
      return last == ']' || last == '}';
    case '(':
      return last == ')';
    case '<':
      return last == '>';
    case '"':  // hstore's last value may be none
      return last == '"' ||
             text.substr(text.size() - std::min<std::size_t>(6, text.size())) == "=>NULL";
    case '\'':  // lexemes have their places behind them, and those their weights
      return last == '\'' || (last >= '0' && last <= '9') || (last >= 'A' && last <= 'D');
    default:
      return false;
  }
}

namespace detail {

constexpr std::array<bool, 256> make_separators() {
  std::array<bool, 256> separators{};
  for (const char c : std::string_view("{}[](),:\"'=>"))
    separators[static_cast<unsigned char>(c)] = true;
  return separators;
}
inline constexpr std::array<bool, 256> separators = make_separators();

inline bool is_separator(char c) {
  return separators[static_cast<unsigned char>(c)];
}

inline std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\n\r";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
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
      if (append_escaped(text, at, storage)) continue;
    }
    storage += text[at];
  }
  ++at;
  return storage;
}

// What stands between tags, and within them: attributes in quotes, and all of the tag.
template <typename Visit>
void each_part_of_xml(std::string_view text, const Visit& visit) {
  std::string storage;
  for (std::size_t at = 0; at < text.size();) {
    const bool tag = text[at] == '<';
    if (tag) ++at;
    const std::size_t end = std::min(text.find(tag ? '>' : '<', at), text.size());
    const std::string_view part = text.substr(at, end - at);
    if (const std::string_view leaf = without_blanks(part); !leaf.empty()) visit(leaf);
    for (std::size_t quote = tag ? part.find('"') : part.npos; quote < part.size();
         quote = part.find('"', quote))
      if (const std::string_view leaf = read_quoted(part, '"', ++quote, storage); !leaf.empty())
        visit(leaf);
    at = tag ? end + 1 : end;
  }
}

}  // namespace detail

// Calls visit(leaf) for each leaf of a document, or for the text that is none. What stands in
// quotes may be a document in its turn.
template <typename Visit>
void each_leaf(std::string_view text, const Visit& visit) {
  if (!is_document(text)) {
    if (!text.empty()) visit(text);
    return;
  }
  if (text.front() == '<') return detail::each_part_of_xml(text, visit);
  // A quoted leaf ends at its quote, a bare one at a separator.
  std::string storage;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    std::string_view leaf;
    if (c == '"' || c == '\'') {
      leaf = detail::read_quoted(text, c, ++at, storage);
      if (is_document(leaf)) {
        each_leaf(leaf, visit);
        continue;
      }
    } else {
      const auto* const end = std::find_if(text.begin() + at, text.end(), detail::is_separator);
      const auto size = static_cast<std::size_t>(end - text.begin()) - at;
      leaf = detail::without_blanks(text.substr(at, size));
      at += std::max<std::size_t>(size, 1);
    }
    if (!leaf.empty()) visit(leaf);
  }
}

}  // namespace host::sync
