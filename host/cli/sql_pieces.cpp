// SPDX-License-Identifier: MIT
#include "host/cli/sql_pieces.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "host/foundation/text.hpp"
#include "host/sql/lexer.hpp"

namespace host::cli {
namespace {

// What begins and joins the clauses of DDL and DML; a reader does not need every keyword in colour.
constexpr std::array<std::string_view, 85> keywords{
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
    "unique",   "update",    "using",        "valid",        "values",     "view",       "where",
    "with"};

bool is_keyword(const std::string& word) {
  return std::binary_search(keywords.begin(), keywords.end(), word);
}

}  // namespace

std::vector<SqlPiece> sql_pieces(std::string_view sql) {
  using Token = sql::Token::Kind;
  using Kind = SqlPiece::Kind;
  sql::Lexer lexer(sql);
  std::vector<SqlPiece> pieces;
  const auto add = [&](Kind kind, std::string_view text) {
    if (!text.empty()) pieces.push_back({kind, text});
  };
  std::uint64_t at = 0;
  // What the lexer skips is spaces and comments.
  const auto skip_to = [&](std::uint64_t offset) {
    const std::string_view skipped = sql.substr(at, offset - at);
    const std::size_t first = std::min(skipped.find_first_not_of(" \t\n"), skipped.size());
    const std::size_t end =
        skipped.size() - first == 0 ? first : skipped.find_last_not_of(" \t\n") + 1;
    add(Kind::plain, skipped.substr(0, first));
    add(Kind::comment, skipped.substr(first, end - first));
    add(Kind::plain, skipped.substr(end));
    at = offset;
  };
  for (sql::Token token = lexer.next(); token.kind != Token::end; token = lexer.next()) {
    skip_to(token.offset);
    const std::string_view text = lexer.text(token);
    add(token.kind == Token::string                                  ? Kind::string
        : token.kind == Token::word && is_keyword(lower_ascii(text)) ? Kind::keyword
                                                                     : Kind::plain,
        text);
    at = token.end_offset;
  }
  skip_to(sql.size());
  return pieces;
}

}  // namespace host::cli
