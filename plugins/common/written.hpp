// SPDX-License-Identifier: MIT
// Where parts of a definition stand in the text that made an object, for fixes: what a property
// tells without its place. Token by token, since names, strings and comments may hold anything.
#pragma once

#include <confiture/schema.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plugins {

// Bytes of the file.
struct Span {
  std::uint64_t offset = 0, end_offset = 0;
};

// The statement that made a table, an index, a policy, a function or a view, or a statement itself.
class Written {
 public:
  explicit Written(const confiture::Node& made);

  explicit operator bool() const { return !sql_.empty(); }
  bool has(std::uint64_t offset) const { return offset >= base_ && offset < end(); }
  std::uint64_t begin() const { return base_; }
  std::uint64_t end() const { return base_ + sql_.size(); }

  // The token at or after an offset of the file: a word or a quoted name, a string, or a sign.
  Span token(std::uint64_t offset) const;
  std::string_view text(const Span& span) const;
  // Whether it is this word, in lower case.
  bool is(const Span& token, std::string_view word) const;
  // From a token on: a name with its schema; what parentheses hold, with them; the first such word
  // outside of parentheses. Nothing where there is none.
  std::optional<Span> name(std::uint64_t offset) const;
  std::optional<Span> parentheses(std::uint64_t offset) const;
  std::optional<Span> word(std::uint64_t offset, std::string_view word) const;

 private:
  std::string_view sql_;
  std::uint64_t base_ = 0;
};

// The statement that last said of what type a column is: ALTER TABLE, or its table's own.
Written definition_of(const confiture::Node& column);
// The type that it is defined with, without its [].
std::optional<Span> type_of(const confiture::Node& column);
// What the type has in parentheses: "(10, 2)"; empty if nothing.
std::string modifier_of(const confiture::Node& column);

}  // namespace plugins
