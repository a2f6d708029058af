// SPDX-License-Identifier: MIT
#include "host/cli/highlight.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "host/cli/output.hpp"
#include "host/foundation/text.hpp"
#include "host/sql/lexer.hpp"

namespace host::cli {
namespace {

// What begins and joins the clauses of DDL and DML; a reader does not need every keyword in colour.
constexpr std::array<std::string_view, 81> keywords{
    "add",      "all",       "alter",        "always",       "and",        "as",         "begin",
    "between",  "by",        "call",         "cascade",      "case",       "check",      "cluster",
    "column",   "comment",   "commit",       "concurrently", "constraint", "copy",       "create",
    "database", "default",   "delete",       "disable",      "distinct",   "do",         "domain",
    "drop",     "else",      "enable",       "end",          "exists",     "extension",  "foreign",
    "from",     "function",  "generated",    "grant",        "group",      "having",     "if",
    "in",       "index",     "inherits",     "insert",       "into",       "is",         "join",
    "key",      "language",  "materialized", "not",          "null",       "on",         "or",
    "order",    "partition", "policy",       "primary",      "procedure",  "references", "rename",
    "replace",  "returns",   "revoke",       "row",          "schema",     "select",     "sequence",
    "set",      "table",     "then",         "to",           "trigger",    "truncate",   "type",
    "unique",   "update",    "using",        "valid"};

bool is_keyword(const std::string& word) {
  return std::binary_search(keywords.begin(), keywords.end(), word);
}

}  // namespace

std::string highlight_sql(const std::string& sql) {
  using Kind = sql::Token::Kind;
  sql::Lexer lexer(sql);
  std::string shown;
  std::uint64_t at = 0;
  // What the lexer skips is spaces and comments.
  const auto skip_to = [&](std::uint64_t offset) {
    const std::string_view skipped = std::string_view(sql).substr(at, offset - at);
    const std::size_t first = std::min(skipped.find_first_not_of(" \t\n"), skipped.size());
    const std::size_t end =
        skipped.size() - first == 0 ? first : skipped.find_last_not_of(" \t\n") + 1;
    shown += skipped.substr(0, first);
    if (end > first) shown += styled(true, Style::cyan, skipped.substr(first, end - first));
    shown += skipped.substr(end);
    at = offset;
  };
  for (sql::Token token = lexer.next(); token.kind != Kind::end; token = lexer.next()) {
    skip_to(token.offset);
    const std::string_view text = lexer.text(token);
    const Style style = token.kind == Kind::string                                  ? Style::green
                        : token.kind == Kind::word && is_keyword(lower_ascii(text)) ? Style::bold
                                                                                    : Style::plain;
    shown += styled(true, style, text);
    at = token.end_offset;
  }
  skip_to(sql.size());
  return shown;
}

}  // namespace host::cli
