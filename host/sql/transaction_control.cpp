// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "host/sql/lexer.hpp"
#include "host/sql/statement.hpp"

namespace host::sql {
namespace {

// By the first words, for what the parser cannot read.
bool begins_with_control(std::string_view statement) {
  constexpr std::array<std::string_view, 8> words{"begin",    "start",     "commit",  "end",
                                                  "rollback", "savepoint", "release", "abort"};
  Lexer lexer(statement);
  const Token first = lexer.next();
  if (lexer.is_word(first, "prepare")) return lexer.is_word(lexer.next(), "transaction");
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return lexer.is_word(first, word); });
}

}  // namespace

bool has_transaction_control(std::string_view sql) {
  const Script script = parse_script(Source("", std::string(sql)));
  return std::any_of(script.statements().begin(), script.statements().end(),
                     [](const Statement& statement) {
                       return statement.transaction_control ||
                              (statement.error && begins_with_control(statement.text));
                     });
}

}  // namespace host::sql
