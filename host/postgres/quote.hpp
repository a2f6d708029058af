// SPDX-License-Identifier: MIT
// Names and values as SQL writes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace host::postgres {

// A name as SQL needs it: bare when it is lower case and no reserved word, else in quotes.
std::string quote_identifier(std::string_view name);
// A string constant, with E'' where it holds a backslash.
std::string quote_literal(std::string_view text);

struct TableName {
  std::string schema;  // as the catalog spells it
  std::string name;
  std::string sql() const;  // public.customers, sales."Order Line"
  friend auto operator<=>(const TableName&, const TableName&) = default;
};
// Reads a table as SQL writes it; a bare name is in `public`, unquoted parts are folded to lower
// case. Nothing for text that is no such name.
std::optional<TableName> parse_table_name(std::string_view text);

}  // namespace host::postgres
