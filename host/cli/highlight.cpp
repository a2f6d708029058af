// SPDX-License-Identifier: MIT
#include "host/cli/highlight.hpp"

#include "host/cli/output.hpp"
#include "host/cli/sql_pieces.hpp"

namespace host::cli {

std::string highlight_sql(const std::string& sql) {
  using Kind = SqlPiece::Kind;
  std::string shown;
  for (const SqlPiece& piece : sql_pieces(sql))
    shown += styled(true,
                    piece.kind == Kind::comment   ? Style::cyan
                    : piece.kind == Kind::string  ? Style::green
                    : piece.kind == Kind::keyword ? Style::bold
                                                  : Style::plain,
                    piece.text);
  return shown;
}

}  // namespace host::cli
