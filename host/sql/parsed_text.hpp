// SPDX-License-Identifier: MIT
// The parse tree of one statement or expression, for whoever has only its text.
#pragma once

#include <memory>
#include <string_view>

namespace host::sql {

namespace tree {
class Value;
}

// Owns its tree, {"SelectStmt": {...}}.
class ParsedText {
 public:
  ~ParsedText();
  const tree::Value& root() const { return *root_; }

 private:
  friend std::shared_ptr<const ParsedText> parse_statement_text(std::string_view sql);
  friend std::shared_ptr<const ParsedText> parse_expression_text(std::string_view sql);
  ParsedText();
  struct Memory;
  std::unique_ptr<Memory> memory_;
  const tree::Value* root_ = nullptr;
};

// The first statement of a text, or a single expression; null where it cannot be parsed.
// [any thread]
std::shared_ptr<const ParsedText> parse_statement_text(std::string_view sql);
std::shared_ptr<const ParsedText> parse_expression_text(std::string_view sql);

}  // namespace host::sql
