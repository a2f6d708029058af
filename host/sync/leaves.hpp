// SPDX-License-Identifier: MIT
// The single values within one value's text: elements of an array, fields of a composite, strings
// and numbers of a JSON document, lexemes of a tsvector; of anything else, the text itself.
#pragma once

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

// Calls visit(leaf) for each leaf of a document, or for the text that is none.
template <typename Visit>
void each_leaf(std::string_view text, const Visit& visit) {
  if (!is_document(text)) {
    if (!text.empty()) visit(text);
    return;
  }
  const char first = text.front();
  // A quoted leaf ends at its quote, a bare one at a separator. Escapes: \" and "" and '', \n and
  // their kin, and of JSON's \u those within ASCII.
  std::string leaf;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const bool quoted = c == '"' || c == '\'';
    leaf.clear();
    if (!quoted) {
      while (at < text.size() &&
             std::string_view("{}[](),: \t\n\r\"'=>").find(text[at]) == std::string_view::npos)
        leaf += text[at++];
      if (leaf.empty()) ++at;
    } else {
      for (++at; at < text.size(); ++at) {
        if (text[at] == c) {
          if (at + 1 >= text.size() || text[at + 1] != c) break;
          ++at;
        } else if (text[at] == '\\' && at + 1 < text.size()) {
          ++at;
          if (std::string_view("nrtbf").find(text[at]) != std::string_view::npos && first != '(') {
            leaf += ' ';
            continue;
          }
        }
        leaf += text[at];
      }
      ++at;
    }
    if (!leaf.empty()) visit(std::string_view(leaf));
  }
}

}  // namespace host::sync
