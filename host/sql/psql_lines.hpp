// SPDX-License-Identifier: MIT
// What a file may hold beside SQL: psql's own lines (\c, \restrict), the data after COPY ... FROM
// stdin, NUL bytes, malformed UTF-8, all of a file in UTF-16. Each is replaced by blanks of as many
// bytes, so that the SQL around it parses with all its places true, and is listed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace host::sql {

struct Foreign {
  enum class Kind { psql_command, copy_data, nul_byte, malformed_utf8, utf16 };
  Kind kind = Kind::psql_command;
  std::uint64_t offset = 0, end_offset = 0;
};

struct Cleaned {
  std::string text;              // as long as the original
  std::vector<Foreign> foreign;  // in order
};

Cleaned blank_foreign_text(std::string_view text);

}  // namespace host::sql
