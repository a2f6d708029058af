// SPDX-License-Identifier: MIT
#include "host/sql/lexer.hpp"

#include <algorithm>

#include "host/foundation/text.hpp"

namespace host::sql {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == '\0';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
}
bool is_word_part(char c) {
  return is_word_start(c) || is_digit(c) || c == '$';
}

}  // namespace

bool Lexer::skip_blanks() {
  for (;;) {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    if (peek(0) == '-' && peek(1) == '-') {
      while (at_ < text_.size() && text_[at_] != '\n') ++at_;
    } else if (peek(0) == '/' && peek(1) == '*') {
      int depth = 0;
      do {
        if (peek(0) == '/' && peek(1) == '*') {
          ++depth;
          at_ += 2;
        } else if (peek(0) == '*' && peek(1) == '/') {
          --depth;
          at_ += 2;
        } else {
          ++at_;
        }
      } while (depth > 0 && at_ < text_.size());
      if (depth > 0) return false;
    } else {
      return true;
    }
  }
}

Token Lexer::next() {
  const bool closed = skip_blanks();
  Token token{Token::Kind::end, at_, at_, closed};
  if (at_ >= text_.size()) return token;
  const char first = text_[at_];
  const char second = peek(1);
  if (first == '\'') return quoted(token, '\'', false);
  if (first == '"') return quoted(token, '"', false);
  if (second == '\'' && (first == 'e' || first == 'E')) {
    ++at_;
    return quoted(token, '\'', true);
  }
  if (second == '\'' && std::string_view("bBxXnN").find(first) != std::string_view::npos) {
    ++at_;
    return quoted(token, '\'', false);
  }
  if ((first == 'u' || first == 'U') && second == '&' && (peek(2) == '\'' || peek(2) == '"')) {
    at_ += 2;
    return quoted(token, text_[at_], false);
  }
  if (is_word_start(first)) {
    while (at_ < text_.size() && is_word_part(text_[at_])) ++at_;
    token.kind = Token::Kind::word;
  } else if (is_digit(first) || (first == '.' && is_digit(second))) {
    while (at_ < text_.size() && (is_word_part(text_[at_]) || text_[at_] == '.')) ++at_;
    token.kind = Token::Kind::number;
  } else if (first == '$' && (second == '$' || is_word_start(second))) {
    return dollar_quoted(token);
  } else {
    ++at_;
    token.kind = Token::Kind::symbol;
  }
  token.end_offset = at_;
  return token;
}

Token Lexer::quoted(Token token, char quote, bool backslashes) {
  token.kind = quote == '"' ? Token::Kind::quoted_name : Token::Kind::string;
  token.complete = false;
  ++at_;
  while (at_ < text_.size()) {
    const char c = text_[at_++];
    if (c == '\\' && backslashes && at_ < text_.size()) {
      ++at_;
    } else if (c == quote) {
      if (peek(0) == quote) {
        ++at_;
      } else {
        token.complete = true;
        break;
      }
    }
  }
  token.end_offset = at_;
  return token;
}

Token Lexer::dollar_quoted(Token token) {
  std::uint64_t tag_end = at_ + 1;
  while (tag_end < text_.size() && is_word_part(text_[tag_end]) && text_[tag_end] != '$') ++tag_end;
  if (tag_end >= text_.size() || text_[tag_end] != '$') {  // $ that opens nothing
    token.kind = Token::Kind::symbol;
    token.end_offset = ++at_;
    return token;
  }
  const std::string_view tag = text_.substr(at_, tag_end + 1 - at_);
  const std::size_t close = text_.find(tag, tag_end + 1);
  token.kind = Token::Kind::string;
  token.complete = close != std::string_view::npos;
  token.end_offset = at_ = token.complete ? close + tag.size() : text_.size();
  return token;
}

bool Lexer::is_word(const Token& token, std::string_view keyword) const {
  if (token.kind != Token::Kind::word || token.end_offset - token.offset != keyword.size())
    return false;
  return std::equal(keyword.begin(), keyword.end(), text_.begin() + token.offset,
                    [](char wanted, char c) {
                      return wanted == (c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c);
                    });
}

std::string Lexer::name(const Token& token) const {
  const std::string_view written = text(token);
  if (token.kind != Token::Kind::quoted_name) return lower_ascii(written);
  std::string result;
  const std::size_t open = written.find('"') + 1;
  for (std::size_t at = open; at + 1 < written.size(); ++at) {
    result += written[at];
    if (written[at] == '"') ++at;
  }
  return result;
}

std::uint64_t skip_comments(std::string_view text, std::uint64_t offset) {
  return Lexer(text, offset).next().offset;
}

}  // namespace host::sql
