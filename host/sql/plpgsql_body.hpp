// SPDX-License-Identifier: MIT
// The SQL inside a PL/pgSQL body, found by the language's own parser.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace host::sql {

struct PlpgsqlStatement {
  std::string sql;  // dynamic: the expression that makes it
  bool dynamic = false;
  bool placed = false;       // `offset` is known
  std::uint64_t offset = 0;  // in the body
};

struct PlpgsqlBody {
  std::string error;  // why it cannot be read, in the parser's words; empty: it was
  std::vector<PlpgsqlStatement> statements;
};

// `statement` is CREATE FUNCTION, CREATE PROCEDURE or DO as a whole. [any thread]
PlpgsqlBody read_plpgsql(std::string_view statement, std::string_view body);

// The command tag of one statement; empty where it does not parse.
std::string statement_tag(std::string_view sql);

}  // namespace host::sql
