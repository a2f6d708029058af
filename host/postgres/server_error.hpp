// SPDX-License-Identifier: MIT
// What the server says about a failed statement, and the part of it that people may see: no values
// of rows. Internal to this floor.
#pragma once

#include <string>
#include <string_view>

#include "host/postgres/connection.hpp"

struct pg_result;  // libpq's PGresult

namespace host::postgres {

// The fields of an error report; see "Error and Notice Message Fields" in PostgreSQL's manual.
struct ServerError {
  std::string sqlstate, message, detail, hint, context;
  std::string schema, table, column, constraint;
  std::size_t position = 0;  // in characters from 1; 0: unknown
  bool raised = false;       // by RAISE in a function: the author chose every word and the SQLSTATE

  bool happened() const { return !message.empty() || !sqlstate.empty(); }
};
ServerError read_server_error(const ::pg_result* result);

// For a statement whose text a person wrote.
SqlError statement_error(const ServerError& error, std::string_view sql);

// For COPY FROM STDIN, where everything may come from a row: class 22, class 23 and raised errors
// are told by SQLSTATE, table, column, constraint and the number of the row alone.
SqlError copy_error(const ServerError& error);

// The text without what stands between the first quotation mark and the last.
std::string redact_quoted(std::string_view text);

}  // namespace host::postgres
