// SPDX-License-Identifier: MIT
#include "plugins/common/written.hpp"

#include <cstddef>

#include "plugins/common/names.hpp"

namespace plugins {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

// Past blanks and comments, which nest.
std::size_t skip_blanks(std::string_view sql, std::size_t at) {
  int depth = 0;
  for (; at < sql.size(); ++at) {
    const std::string_view rest = sql.substr(at);
    if (rest.substr(0, 2) == "/*") {
      ++depth, ++at;
    } else if (depth > 0 && rest.substr(0, 2) == "*/") {
      --depth, ++at;
    } else if (depth == 0 && rest.substr(0, 2) == "--") {
      at = sql.find('\n', at);
      if (at == std::string_view::npos) return sql.size();
    } else if (depth == 0 && static_cast<unsigned char>(sql[at]) > ' ') {
      return at;
    }
  }
  return sql.size();
}

// Past a text in quotes, in which they are doubled; or in dollars.
std::size_t skip_quoted(std::string_view sql, std::size_t at, bool escapes) {
  const char quote = sql[at++];
  for (; at < sql.size(); ++at) {
    if (escapes && sql[at] == '\\')
      ++at;
    else if (sql[at] == quote && (at + 1 == sql.size() || sql[at + 1] != quote))
      return at + 1;
    else if (sql[at] == quote)
      ++at;
  }
  return sql.size();
}

std::size_t skip_dollars(std::string_view sql, std::size_t at) {
  const std::size_t tag_end = sql.find('$', at + 1);
  if (tag_end == std::string_view::npos) return at + 1;
  const std::string_view tag = sql.substr(at, tag_end + 1 - at);
  const std::size_t close = sql.find(tag, tag_end + 1);
  return close == std::string_view::npos ? sql.size() : close + tag.size();
}

std::size_t token_end(std::string_view sql, std::size_t at) {
  if (at >= sql.size()) return sql.size();
  if (sql[at] == '"' || sql[at] == '\'') {
    const bool escapes = sql[at] == '\'' && at > 0 && lower(sql[at - 1]) == 'e';
    return skip_quoted(sql, at, escapes);
  }
  if (sql[at] == '$') return skip_dollars(sql, at);
  if (!is_word(sql[at])) return at + 1;
  std::size_t end = at;
  while (end < sql.size() && is_word(sql[end])) ++end;
  return end;
}

}  // namespace

Written::Written(const confiture::Node& made)
    : sql_(made.sql()),
      base_(made.kind() == confiture::NodeKind::statement
                ? made.location().offset
                : static_cast<std::uint64_t>(made.integer(CONFITURE_PROP_TREE_OFFSET))) {}

Span Written::token(std::uint64_t offset) const {
  if (!has(offset)) return {end(), end()};
  const std::size_t at = skip_blanks(sql_, static_cast<std::size_t>(offset - base_));
  return {base_ + at, base_ + token_end(sql_, at)};
}

std::string_view Written::text(const Span& span) const {
  if (span.offset < base_ || span.end_offset > end() || span.offset > span.end_offset) return {};
  return sql_.substr(static_cast<std::size_t>(span.offset - base_),
                     static_cast<std::size_t>(span.end_offset - span.offset));
}

bool Written::is(const Span& token, std::string_view word) const {
  const std::string_view own = text(token);
  if (own.size() != word.size()) return false;
  for (std::size_t i = 0; i < own.size(); ++i)
    if (lower(own[i]) != word[i]) return false;
  return true;
}

std::optional<Span> Written::name(std::uint64_t offset) const {
  Span span = token(offset);
  const std::string_view first = text(span);
  if (first.empty() || (first[0] != '"' && !is_word(first[0]))) return std::nullopt;
  for (Span dot = token(span.end_offset); text(dot) == "."; dot = token(span.end_offset))
    span.end_offset = token(dot.end_offset).end_offset;
  return span;
}

std::optional<Span> Written::parentheses(std::uint64_t offset) const {
  const Span open = token(offset);
  if (text(open) != "(") return std::nullopt;
  std::size_t depth = 0;
  for (Span one = open; !text(one).empty(); one = token(one.end_offset)) {
    if (text(one) == "(") ++depth;
    if (text(one) == ")" && --depth == 0) return Span{open.offset, one.end_offset};
  }
  return std::nullopt;
}

std::optional<Span> Written::word(std::uint64_t offset, std::string_view word) const {
  for (Span one = token(offset); !text(one).empty(); one = token(one.end_offset)) {
    if (is(one, word)) return one;
    if (text(one) != "(") continue;
    const auto inside = parentheses(one.offset);
    if (!inside) return std::nullopt;
    one.end_offset = inside->end_offset;
  }
  return std::nullopt;
}

namespace {

// The column's name where it is said to stand; nothing in a table that has it from another.
std::optional<Span> name_of(const Written& table, const confiture::Node& column) {
  const confiture_location place = column.location();
  if (!table.has(place.offset)) return std::nullopt;
  const Span name = table.token(place.offset);
  const std::string_view text = table.text(name);
  std::string plain;
  for (const char c : text) plain += lower(c);
  if (plain != column.name() && text != quoted(column.name()) &&
      text != "\"" + std::string(column.name()) + "\"")
    return std::nullopt;
  return name;
}

struct Type {
  Span whole;
  std::optional<Span> modifier;
};

std::optional<Type> read_type(const confiture::Node& column) {
  const Written table = definition_of(column);
  const auto column_name = name_of(table, column);
  if (!column_name) return std::nullopt;
  const auto name = table.name(column_name->end_offset);
  if (!name) return std::nullopt;
  Type type{*name, std::nullopt};
  const auto next = [&] { return table.token(type.whole.end_offset); };
  const auto take = [&](std::string_view word) {
    if (!table.is(next(), word)) return false;
    type.whole.end_offset = next().end_offset;
    return true;
  };
  const bool clock = table.is(*name, "time") || table.is(*name, "timestamp");
  if (table.is(*name, "double")) take("precision");
  if (table.is(*name, "national") && !take("character")) take("char");
  take("varying");
  if (const auto modifier = table.parentheses(type.whole.end_offset)) {
    type.modifier = modifier;
    type.whole.end_offset = modifier->end_offset;
  }
  if (clock && (take("with") || take("without"))) {
    take("time");
    take("zone");
  }
  return type;
}

}  // namespace

Written definition_of(const confiture::Node& column) {
  return Written(column.sql().empty() ? column.parent() : column);
}

std::optional<Span> type_of(const confiture::Node& column) {
  const auto type = read_type(column);
  return type ? std::optional(type->whole) : std::nullopt;
}

std::string modifier_of(const confiture::Node& column) {
  const auto type = read_type(column);
  if (!type || !type->modifier) return {};
  return std::string(definition_of(column).text(*type->modifier));
}

}  // namespace plugins
