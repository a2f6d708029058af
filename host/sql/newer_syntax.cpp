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
  std::vector<std::string_view> words;
  int version;
  std::string_view shown;
};

// What no statement of PostgreSQL 15 holds.
const std::vector<Clause>& clauses() {
  static const std::vector<Clause> all{{{"not", "enforced"}, 18, "NOT ENFORCED"},
                                       {{"enforced"}, 18, "ENFORCED"},
                                       {{"without", "overlaps"}, 18, "WITHOUT OVERLAPS"},
                                       {{"virtual"}, 18, "VIRTUAL"},
                                       {{"returning", "with"}, 18, "RETURNING WITH"},
                                       {{"by", "source"}, 17, "WHEN NOT MATCHED BY SOURCE"},
                                       {{"by", "target"}, 17, "WHEN NOT MATCHED BY TARGET"},
                                       {{"json_table"}, 17, "JSON_TABLE"},
                                       {{"json_query"}, 17, "JSON_QUERY"},
                                       {{"json_exists"}, 17, "JSON_EXISTS"},
                                       {{"json_value"}, 17, "JSON_VALUE"},
                                       {{"json_serialize"}, 17, "JSON_SERIALIZE"},
                                       {{"json_scalar"}, 17, "JSON_SCALAR"},
                                       {{"json_object"}, 16, "JSON_OBJECT"},
                                       {{"json_array"}, 16, "JSON_ARRAY"},
                                       {{"json_objectagg"}, 16, "JSON_OBJECTAGG"},
                                       {{"json_arrayagg"}, 16, "JSON_ARRAYAGG"},
                                       {{"is", "json"}, 16, "IS JSON"},
                                       {{"set", "expression"}, 17, "SET EXPRESSION"},
                                       {{"split", "partition"}, 19, "SPLIT PARTITION"},
                                       {{"merge", "partitions"}, 19, "MERGE PARTITIONS"},
                                       {{"repack"}, 19, "REPACK"}};
  return all;
}

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
      for (const Clause& clause : clauses()) {
        if (!stands(i, clause)) continue;
        note(clause.shown, clause.version);
        if (clause.words.back() == "enforced") blank(i, i + clause.words.size() - 1);
        break;
      }
    }
    if (!changed_) text_.clear();
    return {std::move(text_), std::move(what_)};
  }

 private:
  bool is(std::size_t i, std::string_view word) const {
    return i < tokens_.size() && lexer_.is_word(tokens_[i], word);
  }

  bool stands(std::size_t i, const Clause& clause) const {
    for (std::size_t k = 0; k < clause.words.size(); ++k)
      if (!is(i + k, clause.words[k])) return false;
    return true;
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
