// SPDX-License-Identifier: MIT
// Fuzzes the door to the parser: any bytes are statements, in order and each in its place.
#include <cstdint>
#include <string>

#include "host/sql/parsed_text.hpp"
#include "host/sql/statement.hpp"
#include "tests/fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace host::sql;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const Script script = parse_script(Source("fuzz.sql", text));
  const std::string_view kept = script.source().text();
  std::uint64_t last = 0;
  for (const Statement& statement : script.statements()) {
    require(statement.offset >= last, "statements overlap");
    require(statement.end_offset > statement.offset, "a statement is empty");
    require(statement.end_offset <= kept.size(), "a statement passes the end");
    require(statement.text == kept.substr(statement.offset, statement.text.size()),
            "a statement is not where it says");
    require(statement.place.line > 0 && statement.place.column > 0, "a statement has no place");
    require(statement.error.has_value() || statement.tree != nullptr,
            "a statement has neither a tree nor an error");
    last = statement.offset;
  }
  (void)has_transaction_control(text);
  (void)parse_expression_text(text);
  return 0;
}
