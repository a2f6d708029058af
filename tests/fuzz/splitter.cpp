// SPDX-License-Identifier: MIT
// Fuzzes what looks at SQL before the parser does: the lexer and the search for what is no SQL.
#include <cstdint>
#include <string_view>

#include "host/sql/lexer.hpp"
#include "host/sql/newer_syntax.hpp"
#include "host/sql/psql_lines.hpp"
#include "tests/fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace host::sql;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Lexer lexer(text);
  std::uint64_t end = 0;
  for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next()) {
    require(token.offset >= end, "tokens overlap");
    require(token.end_offset > token.offset, "a token is empty");
    require(token.end_offset <= size, "a token passes the end");
    (void)lexer.name(token);
    end = token.end_offset;
  }
  const Cleaned cleaned = blank_foreign_text(text);
  require(cleaned.text.size() == size, "blanks changed the length");
  std::uint64_t last = 0;
  for (const Foreign& foreign : cleaned.foreign) {
    require(foreign.offset >= last && foreign.end_offset > foreign.offset, "out of order");
    require(foreign.end_offset <= size, "what is no SQL passes the end");
    last = foreign.offset;
  }
  const NewerSyntax newer = find_newer_syntax(cleaned.text);
  require(newer.text.empty() || newer.text.size() == size, "blanks changed the length");
  return 0;
}
