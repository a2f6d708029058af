// SPDX-License-Identifier: MIT
#include "host/sync/literal.hpp"

namespace host::sync {
namespace {

// A quoted value from its opening quote; moves `at` behind the closing one. False: there is none.
// In a composite two quotes stand for one, in an array a backslash goes before it; both forms are
// read in both.
bool read_quoted(std::string_view text, std::size_t& at, std::string& value) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      value += text[++at];
    } else if (text[at] == '"') {
      if (at + 1 >= text.size() || text[at + 1] != '"') {
        ++at;
        return true;
      }
      value += text[++at];
    } else {
      value += text[at];
    }
  }
  return false;
}

// A value up to one of `ends`.
std::string read_bare(std::string_view text, std::size_t& at, std::string_view ends) {
  std::string value;
  for (; at < text.size() && ends.find(text[at]) == std::string_view::npos; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    value += text[at];
  }
  return value;
}

std::string quoted(std::string_view value) {
  std::string text = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

}  // namespace

std::optional<std::vector<LiteralPart>> split_array(std::string_view text) {
  std::vector<LiteralPart> parts;
  std::size_t at = 0;
  // Bounds that do not begin at 1: [0:1]={a,b}
  if (!text.empty() && text[0] == '[') at = text.find('=') + 1;
  if (at >= text.size() || text[at] != '{') return std::nullopt;
  int depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '{') {
      ++depth;
      ++at;
    } else if (c == '}') {
      --depth;
      ++at;
    } else if (c == ',') {
      ++at;
    } else {
      LiteralPart part;
      part.begin = at;
      std::string value;
      if (c == '"') {
        if (!read_quoted(text, at, value)) return std::nullopt;
        part.value = std::move(value);
      } else {
        value = read_bare(text, at, ",{}");
        if (value != "NULL") part.value = std::move(value);
      }
      part.end = at;
      parts.push_back(std::move(part));
    }
    if (depth == 0) break;
  }
  if (depth != 0 || at != text.size()) return std::nullopt;
  return parts;
}

std::optional<std::vector<LiteralPart>> split_composite(std::string_view text) {
  if (text.size() < 2 || text.front() != '(' || text.back() != ')') return std::nullopt;
  std::vector<LiteralPart> parts;
  std::size_t at = 1;
  for (;;) {
    LiteralPart part;
    part.begin = at;
    part.group = parts.size();
    if (at < text.size() && text[at] == '"') {
      std::string value;
      if (!read_quoted(text, at, value)) return std::nullopt;
      part.value = std::move(value);
    } else if (text[at] != ',' && text[at] != ')') {
      part.value = read_bare(text, at, ",)");
    }
    part.end = at;
    parts.push_back(std::move(part));
    if (at >= text.size()) return std::nullopt;
    if (text[at] == ')') break;
    if (text[at] != ',') return std::nullopt;
    ++at;
  }
  if (at + 1 != text.size()) return std::nullopt;
  return parts;
}

std::string join_array(std::string_view text, const std::vector<LiteralPart>& parts) {
  return join_parts(text, parts, [](const LiteralPart& part) {
    return part.value ? quoted(*part.value) : std::string("NULL");
  });
}

std::string join_composite(std::string_view text, const std::vector<LiteralPart>& parts) {
  return join_parts(text, parts, [](const LiteralPart& part) {
    return part.value ? quoted(*part.value) : std::string();
  });
}

}  // namespace host::sync
