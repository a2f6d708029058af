// SPDX-License-Identifier: MIT
#include "host/postgres/quote.hpp"

#include <algorithm>
#include <array>

#include "host/foundation/text.hpp"

namespace host::postgres {
namespace {

// Every keyword that pg_get_keywords() does not call unreserved: what quote_ident() quotes.
// clang-format off
constexpr std::array<std::string_view, 152> keywords{
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization",
    "between", "bigint", "binary", "bit", "boolean", "both", "case", "cast", "char", "character",
    "check", "coalesce", "collate", "collation", "column", "concurrently", "constraint", "create",
    "cross", "current_catalog", "current_date", "current_role", "current_schema", "current_time",
    "current_timestamp", "current_user", "dec", "decimal", "default", "deferrable", "desc",
    "distinct", "do", "else", "end", "except", "exists", "extract", "false", "fetch", "float",
    "for", "foreign", "freeze", "from", "full", "grant", "greatest", "group", "grouping", "having",
    "ilike", "in", "initially", "inner", "inout", "int", "integer", "intersect", "interval", "into",
    "is", "isnull", "join", "lateral", "leading", "least", "left", "like", "limit", "localtime",
    "localtimestamp", "national", "natural", "nchar", "none", "normalize", "not", "notnull", "null",
    "nullif", "numeric", "offset", "on", "only", "or", "order", "out", "outer", "overlaps",
    "overlay", "placing", "position", "precision", "primary", "real", "references", "returning",
    "right", "row", "select", "session_user", "setof", "similar", "smallint", "some", "substring",
    "symmetric", "system_user", "table", "tablesample", "then", "time", "timestamp", "to",
    "trailing", "treat", "trim", "true", "union", "unique", "user", "using", "values", "varchar",
    "variadic", "verbose", "when", "where", "window", "with", "xmlattributes", "xmlconcat",
    "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot",
    "xmlserialize", "xmltable"};
// clang-format on

bool is_lower(char c) {
  return (c >= 'a' && c <= 'z') || c == '_';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_bare(std::string_view name) {
  return !name.empty() && is_lower(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_lower(c) || is_digit(c); }) &&
         !std::binary_search(keywords.begin(), keywords.end(), name);
}

void skip_blank(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f\v"), text.size()));
}

std::optional<std::string> take_quoted(std::string_view& text) {
  std::string name;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\0') return std::nullopt;
    if (text[i] != '"') {
      name += text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '"') {
      name += text[++i];
    } else {
      text.remove_prefix(i + 1);
      return name.empty() ? std::nullopt : std::optional(name);
    }
  }
  return std::nullopt;
}

// A name at the start of `text`, which moves past it.
std::optional<std::string> take_name(std::string_view& text) {
  skip_blank(text);
  if (text.starts_with('"')) return take_quoted(text);
  const auto starts_name = [](char c) {
    return is_lower(c) || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  };
  if (text.empty() || !starts_name(text.front())) return std::nullopt;
  std::size_t size = 1;
  while (size < text.size() &&
         (starts_name(text[size]) || is_digit(text[size]) || text[size] == '$'))
    ++size;
  std::string name = lower_ascii(text.substr(0, size));
  text.remove_prefix(size);
  return name;
}

}  // namespace

std::string quote_identifier(std::string_view name) {
  if (is_bare(name)) return std::string(name);
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"') quoted += c;
    quoted += c;
  }
  return quoted + '"';
}

std::string quote_literal(std::string_view text) {
  // E'' means the same whatever standard_conforming_strings is.
  std::string quoted = text.find('\\') == std::string_view::npos ? "'" : "E'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += c;
    quoted += c;
  }
  return quoted + '\'';
}

std::string TableName::sql() const {
  return quote_identifier(schema) + "." + quote_identifier(name);
}

std::optional<TableName> parse_table_name(std::string_view text) {
  std::optional<std::string> first = take_name(text);
  if (!first) return std::nullopt;
  skip_blank(text);
  if (text.empty()) return TableName{"public", *first};
  if (text.front() != '.') return std::nullopt;
  text.remove_prefix(1);
  std::optional<std::string> second = take_name(text);
  skip_blank(text);
  if (!second || !text.empty()) return std::nullopt;
  return TableName{*first, *second};
}

}  // namespace host::postgres
