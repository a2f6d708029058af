// SPDX-License-Identifier: MIT
#include "host/sql/newer_syntax.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <utility>
#include <vector>

#include "host/sql/lexer.hpp"

namespace host::sql {
namespace {

struct Clause {
  std::string_view words;
  int version;
  std::string_view shown;
};

// What no statement of PostgreSQL 15 holds; * is any token.
constexpr Clause clauses[] = {
    {"not enforced", 18, "NOT ENFORCED"},
    {"enforced", 18, "ENFORCED"},
    {"without overlaps", 18, "WITHOUT OVERLAPS"},
    {"virtual", 18, "VIRTUAL"},
    {"returning with", 18, "RETURNING WITH"},
    {"period *", 18, "PERIOD"},
    {"add not null", 18, "ADD NOT NULL"},
    {"not null no inherit", 18, "NOT NULL NO INHERIT"},
    {"alter constraint * no inherit", 18, "ALTER CONSTRAINT ... NO INHERIT"},
    {"alter constraint * inherit", 18, "ALTER CONSTRAINT ... INHERIT"},
    {"vacuum only", 18, "VACUUM ONLY"},
    {"analyze only", 18, "ANALYZE ONLY"},
    {"on large objects", 18, "ON LARGE OBJECTS"},
    {"by source", 17, "WHEN NOT MATCHED BY SOURCE"},
    {"by target", 17, "WHEN NOT MATCHED BY TARGET"},
    {"json_table", 17, "JSON_TABLE"},
    {"json_query", 17, "JSON_QUERY"},
    {"json_exists", 17, "JSON_EXISTS"},
    {"json_value", 17, "JSON_VALUE"},
    {"json_serialize", 17, "JSON_SERIALIZE"},
    {"json_scalar", 17, "JSON_SCALAR"},
    {"with unique", 17, "JSON(... WITH UNIQUE)"},
    {"set expression", 17, "SET EXPRESSION"},
    {"at local", 17, "AT LOCAL"},
    {"json_object", 16, "JSON_OBJECT"},
    {"json_array", 16, "JSON_ARRAY"},
    {"json_objectagg", 16, "JSON_OBJECTAGG"},
    {"json_arrayagg", 16, "JSON_ARRAYAGG"},
    {"is json", 16, "IS JSON"},
    {"storage external", 16, "STORAGE"},
    {"storage extended", 16, "STORAGE"},
    {"storage main", 16, "STORAGE"},
    {"storage plain", 16, "STORAGE"},
    {"storage default", 16, "STORAGE"},
    {"create statistics on", 16, "CREATE STATISTICS without a name"},
    {"with inherit", 16, "GRANT ... WITH INHERIT"},
    {"with set", 16, "GRANT ... WITH SET"},
    {"set option for", 16, "SET OPTION FOR"},
    {"inherit option for", 16, "INHERIT OPTION FOR"},
    {"as * indent", 16, "XMLSERIALIZE(... INDENT)"},
    {"split partition", 19, "SPLIT PARTITION"},
    {"merge partitions", 19, "MERGE PARTITIONS"},
    {"repack", 19, "REPACK"},
    {"wait for lsn", 19, "WAIT FOR LSN"},
    {"graph_table", 19, "GRAPH_TABLE"},
    {"property graph", 19, "PROPERTY GRAPH"},
    {"ignore nulls", 19, "IGNORE NULLS"},
    {"respect nulls", 19, "RESPECT NULLS"},
    {"conflict do select", 19, "ON CONFLICT DO SELECT"},
    {"group by all", 19, "GROUP BY ALL"},
    {"schema * except", 19, "EXCEPT"},
    {"all tables except", 19, "EXCEPT"},
    {"all sequences", 19, "ALL SEQUENCES"},
};

class Finder {
 public:
  explicit Finder(std::string_view statement) : lexer_(statement), text_(statement) {
    for (Token token = lexer_.next(); token.kind != Token::Kind::end; token = lexer_.next())
      tokens_.push_back(token);
  }

  NewerSyntax find() {
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      named_not_null(i);
      number(tokens_[i]);
      for (const Clause& clause : clauses) {
        const std::size_t last = end_of(i, clause.words);
        if (last == i) continue;
        note(clause.shown, clause.version);
        if (clause.words.ends_with("enforced")) blank(i, last - 1);
        break;
      }
    }
    of_statement();
    if (!changed_) text_.clear();
    return {std::move(text_), std::move(what_)};
  }

 private:
  bool is(std::size_t i, std::string_view word) const {
    return i < tokens_.size() && lexer_.is_word(tokens_[i], word);
  }

  // Behind the tokens from i on that are these words; i where they are not.
  std::size_t end_of(std::size_t i, std::string_view words) const {
    std::size_t at = i;
    while (!words.empty()) {
      const std::string_view word = words.substr(0, words.find(' '));
      words.remove_prefix(std::min(word.size() + 1, words.size()));
      const bool any =
          word == "*" && at < tokens_.size() && tokens_[at].kind != Token::Kind::symbol;
      if (!any && !is(at, word)) return i;
      ++at;
    }
    return at;
  }

  // What is new beside an old word.
  void of_statement() {
    const auto first = [&](std::string_view words) {
      for (std::size_t i = 0; i < tokens_.size(); ++i)
        if (end_of(i, words) != i) return i;
      return tokens_.size();
    };
    if (is(0, "merge") && first("returning") < tokens_.size()) note("MERGE ... RETURNING", 17);
    const std::size_t generated = std::min(first("generated always as"), tokens_.size());
    if (generated + 3 < tokens_.size() && lexer_.is_symbol(tokens_[generated + 3], '(') &&
        first("stored") == tokens_.size())
      note("a generated column that is not STORED", 18);
  }

  // CONSTRAINT n NOT NULL c, of a table: read as CHECK(c NOTNULL), which is always shorter.
  void named_not_null(std::size_t i) {
    const bool stands = is(i, "constraint") && is(i + 2, "not") && is(i + 3, "null") &&
                        i + 4 < tokens_.size() && i > 0;
    if (!stands) return;
    const bool of_table = lexer_.is_symbol(tokens_[i - 1], '(') ||
                          lexer_.is_symbol(tokens_[i - 1], ',') || is(i - 1, "add");
    const Token::Kind kind = tokens_[i + 4].kind;
    const bool named = kind == Token::Kind::word || kind == Token::Kind::quoted_name;
    if (!of_table || !named) return;
    note("a named NOT NULL constraint", 18);
    const std::string check = fmt::format("CHECK({} NOTNULL)", lexer_.text(tokens_[i + 4]));
    blank(i, i + 4);
    text_.replace(tokens_[i].offset, check.size(), check);
  }

  // 1_000, 0xFF, 0o17, 0b1.
  void number(const Token& token) {
    if (token.kind != Token::Kind::number) return;
    const std::string_view digits = lexer_.text(token);
    const char next = token.end_offset < text_.size() ? text_[token.end_offset] : ' ';
    const bool glued = next == '_' || next == 'x' || next == 'o' || next == 'b';
    if (digits.find('_') != std::string_view::npos || (glued && digits == "0") || next == '_')
      note("a number in the new notation", 16);
  }

  void blank(std::size_t first, std::size_t last) {
    for (std::uint64_t at = tokens_[first].offset; at < tokens_[last].end_offset; ++at)
      if (text_[at] != '\n') text_[at] = ' ';
    changed_ = true;
  }

  void note(std::string_view shown, int version) {
    if (what_.empty()) what_ = fmt::format("{} (PostgreSQL {})", shown, version);
  }

  Lexer lexer_;
  std::vector<Token> tokens_;
  std::string text_, what_;
  bool changed_ = false;
};

}  // namespace

NewerSyntax find_newer_syntax(std::string_view statement) {
  return Finder(statement).find();
}

}  // namespace host::sql
