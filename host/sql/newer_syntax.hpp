// SPDX-License-Identifier: MIT
// Syntax that is newer than the parser, which is PostgreSQL 15's: told by its tokens. Some clauses
// can be taken out, so that the rest of the statement is read with all its places true.
#pragma once

#include <string>
#include <string_view>

namespace host::sql {

struct NewerSyntax {
  std::string text;  // as long as the statement, without the clauses; empty: none can be taken out
  std::string what;  // "NOT ENFORCED (PostgreSQL 18)"; empty: nothing newer is known in it
};

NewerSyntax find_newer_syntax(std::string_view statement);

}  // namespace host::sql
