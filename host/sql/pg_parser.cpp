// SPDX-License-Identifier: MIT
#include "host/sql/pg_parser.hpp"

#include <pg_query.h>

#include <algorithm>
#include <memory>

#include "host/sql/lexer.hpp"
#include "host/sql/newer_syntax.hpp"
#include "host/sql/tree.hpp"

namespace host::sql {
namespace {

// Above this a text is split first, so that only one statement's JSON is in memory at a time.
constexpr std::size_t largest_whole = 256 << 10;

struct ParseResult {
  explicit ParseResult(const std::string& text) : value(pg_query_parse(text.c_str())) {}
  ~ParseResult() { pg_query_free_parse_result(value); }
  ParseResult(const ParseResult&) = delete;
  ParseResult& operator=(const ParseResult&) = delete;
  PgQueryParseResult value;
};

struct SplitResult {
  explicit SplitResult(PgQuerySplitResult result) : value(result) {}
  ~SplitResult() { pg_query_free_split_result(value); }
  SplitResult(const SplitResult&) = delete;
  SplitResult& operator=(const SplitResult&) = delete;
  // After an error n_stmts may be 1 without any stmts.
  bool ok() const { return value.error == nullptr && (value.n_stmts == 0 || value.stmts); }
  PgQuerySplitResult value;
};

struct Span {
  std::size_t offset = 0, end = 0;
};

// The library counts characters from 1; 0 means unknown.
std::size_t byte_offset(std::string_view text, int cursor) {
  std::size_t at = 0;
  for (int left = cursor - 1; left > 0 && at < text.size(); --left) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  }
  return at;
}

class TextParser {
 public:
  TextParser(std::string_view text, std::pmr::memory_resource& memory)
      : text_(text), memory_(memory) {}

  std::vector<ParsedStatement> run() {
    if (text_.size() <= largest_whole && parse_whole()) return std::move(statements_);
    if (!parse_split()) parse_pieces();
    return std::move(statements_);
  }

 private:
  // The statements; null where the library wrote what is no JSON.
  const tree::Array* trees_of(const char* text) {
    const tree::Value* root = tree::read(text, memory_);
    return root != nullptr ? &tree::array(*root, "stmts") : nullptr;
  }

  bool parse_whole() {
    const ParseResult result{std::string(text_)};
    if (result.value.error != nullptr) return false;
    const tree::Array* trees = trees_of(result.value.parse_tree);
    if (trees == nullptr) return false;
    for (const tree::Object& statement : *trees) {
      const auto number = [&](std::string_view key) {
        return static_cast<std::size_t>(tree::number(statement, key));
      };
      ParsedStatement parsed;
      parsed.offset = number("stmt_location");
      const std::size_t length = number("stmt_len");  // 0: to the end
      parsed.end_offset = length == 0 ? text_.size() : parsed.offset + length;
      parsed.tree = statement.if_contains("stmt");
      statements_.push_back(std::move(parsed));
    }
    return true;
  }

  std::vector<Span> spans(const PgQuerySplitResult& split) const {
    std::vector<Span> result;
    for (int i = 0; i < split.n_stmts; ++i) {
      const auto offset = static_cast<std::size_t>(split.stmts[i]->stmt_location);
      const auto length = static_cast<std::size_t>(split.stmts[i]->stmt_len);
      result.push_back({offset, length == 0 ? text_.size() : offset + length});
    }
    return result;
  }

  bool parse_split() {
    const SplitResult split(pg_query_split_with_parser(std::string(text_).c_str()));
    if (!split.ok()) return false;
    for (const Span& span : spans(split.value)) parse_one(span);
    return true;
  }

  // What does not parse as a whole is cut at each semicolon that the lexer sees. That also cuts
  // BEGIN ATOMIC bodies and the parentheses of CREATE RULE: such a piece is tried together with the
  // pieces after it. (The library's own scanner split drops pieces that hold no keyword.)
  void parse_pieces() {
    std::vector<Span> pieces;
    std::vector<bool> may_go_on;
    Lexer lexer(text_);
    Span piece;
    bool atomic = false, empty = true;
    int depth = 0;
    for (Token token = lexer.next();; token = lexer.next()) {
      const bool last = token.kind == Token::Kind::end;
      if (last || lexer.is_symbol(token, ';')) {
        piece.end = last ? text_.size() : token.offset;
        if (!empty || (last && !token.complete)) {
          pieces.push_back(piece);
          may_go_on.push_back(atomic || depth > 0);
        }
        if (last) break;
        piece.offset = token.end_offset;
        atomic = false;
        empty = true;
        depth = 0;
        continue;
      }
      empty = false;
      atomic = atomic || lexer.is_word(token, "atomic");
      if (lexer.is_symbol(token, '(')) ++depth;
      if (lexer.is_symbol(token, ')')) --depth;
    }
    for (std::size_t i = 0; i < pieces.size(); ++i)
      if (!may_go_on[i] || !parse_joined(pieces, i)) parse_one(pieces[i]);
  }

  // Parses pieces first..n as one statement for the first n that makes one, and moves `first` on.
  bool parse_joined(const std::vector<Span>& pieces, std::size_t& first) {
    constexpr std::size_t longest_body = 64;
    const std::size_t last = std::min(pieces.size(), first + longest_body);
    for (std::size_t i = first + 1; i < last; ++i) {
      const std::string joined(
          text_.substr(pieces[first].offset, pieces[i].end - pieces[first].offset));
      const SplitResult split(pg_query_split_with_parser(joined.c_str()));
      if (!split.ok()) continue;
      parse_one({pieces[first].offset, pieces[i].end});
      first = i;
      return true;
    }
    return false;
  }

  void parse_one(const Span& span) {
    ParsedStatement parsed;
    parsed.offset = parsed.tree_offset = span.offset;
    parsed.end_offset = span.end;
    const std::string_view piece = text_.substr(span.offset, span.end - span.offset);
    if (piece.size() > largest_statement) {
      parsed.failure =
          ParserFailure{"a statement of more than 4 MiB is not read", span.offset, true, {}};
    } else {
      read_tree(piece, parsed);
      if (parsed.failure) read_without_newer(piece, parsed);
      if (!parsed.failure && parsed.tree == nullptr) return;  // only comments
    }
    statements_.push_back(std::move(parsed));
  }

  void read_tree(std::string_view piece, ParsedStatement& parsed) {
    const ParseResult result{std::string(piece)};
    if (const PgQueryError* error = result.value.error) {
      parsed.failure = ParserFailure{
          error->message, parsed.offset + byte_offset(piece, error->cursorpos), false, {}};
      return;
    }
    parsed.failure.reset();
    const tree::Array* trees = trees_of(result.value.parse_tree);
    if (trees == nullptr)
      parsed.failure = ParserFailure{"its parse tree cannot be read", parsed.offset, false, {}};
    else if (!trees->empty())
      parsed.tree = (*trees)[0].if_contains("stmt");
  }

  // Clauses of later servers are left out, as far as that makes a statement.
  void read_without_newer(std::string_view piece, ParsedStatement& parsed) {
    if (parsed.failure->message.ends_with(" in FROM must have an alias")) {
      parsed.failure->newer = "a subquery in FROM without an alias (PostgreSQL 16)";
      return;
    }
    const NewerSyntax newer = find_newer_syntax(piece);
    if (newer.what.empty()) return;
    const ParserFailure first = *parsed.failure;
    if (!newer.text.empty()) read_tree(newer.text, parsed);
    if (!parsed.failure) return;
    parsed.failure = first;
    parsed.failure->newer = newer.what;
  }

  std::string_view text_;
  std::pmr::memory_resource& memory_;
  std::vector<ParsedStatement> statements_;
};

}  // namespace

std::size_t stack_for(std::size_t text_size) {
  constexpr std::size_t least = 256 << 20;
  return std::max(least, std::min(text_size, largest_statement) * 256);
}

std::vector<ParsedStatement> parse_statements(std::string_view text,
                                              std::pmr::memory_resource& memory) {
  return TextParser(text, memory).run();
}

std::string parse_to_json(std::string_view statement) {
  const ParseResult result{std::string(statement)};
  return result.value.error != nullptr ? std::string() : result.value.parse_tree;
}

PlpgsqlText parse_plpgsql(std::string_view statement) {
  PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(std::string(statement).c_str());
  PlpgsqlText text;
  if (result.error != nullptr)
    text.error = result.error->message;
  else if (result.plpgsql_funcs != nullptr)
    text.json = result.plpgsql_funcs;
  pg_query_free_plpgsql_parse_result(result);
  return text;
}

}  // namespace host::sql
