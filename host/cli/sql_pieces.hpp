// SPDX-License-Identifier: MIT
// SQL taken apart into what is shown alike: for a terminal's colours and for a page's.
#pragma once

#include <string_view>
#include <vector>

namespace host::cli {

struct SqlPiece {
  enum class Kind { plain, keyword, string, comment };
  Kind kind = Kind::plain;
  std::string_view text;  // into the SQL
};

// All of the SQL, in order.
std::vector<SqlPiece> sql_pieces(std::string_view sql);

}  // namespace host::cli
