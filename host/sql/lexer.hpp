// SPDX-License-Identifier: MIT
// SQL as tokens, by the lexical rules of PostgreSQL. It exists for what the parser cannot tell:
// where psql's own lines stand, where a statement's last token ends, and the places of names that
// the parse tree carries without a location. What a statement means is the parser's to say.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace host::sql {

struct Token {
  enum class Kind { end, word, quoted_name, string, number, symbol };
  Kind kind = Kind::end;
  std::uint64_t offset = 0, end_offset = 0;
  bool complete = true;  // false: a string, a quoted name or a comment that is never closed
};

class Lexer {
 public:
  explicit Lexer(std::string_view text, std::uint64_t offset = 0) : text_(text), at_(offset) {}

  // The next token; spaces and comments are skipped. A symbol is one byte. At the end: kind end.
  Token next();
  // Goes on from there.
  void seek(std::uint64_t offset) { at_ = offset; }

  std::string_view text(const Token& token) const {
    return text_.substr(token.offset, token.end_offset - token.offset);
  }
  // Whether the token is this keyword, written in lower case here.
  bool is_word(const Token& token, std::string_view keyword) const;
  bool is_symbol(const Token& token, char symbol) const {
    return token.kind == Token::Kind::symbol && text_[token.offset] == symbol;
  }
  // A name as the catalog spells it: folded, or without its quotes.
  std::string name(const Token& token) const;

 private:
  char peek(std::uint64_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool skip_blanks();  // false: a comment that is never closed
  Token quoted(Token token, char quote, bool backslashes);
  Token dollar_quoted(Token token);

  std::string_view text_;
  std::uint64_t at_;
};

// The offset of the first token at or after `offset`, or the end of the text.
std::uint64_t skip_comments(std::string_view text, std::uint64_t offset = 0);

}  // namespace host::sql
