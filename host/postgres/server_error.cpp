// SPDX-License-Identifier: MIT
#include "host/postgres/server_error.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "host/foundation/text.hpp"
#include "host/postgres/errors.hpp"

namespace host::postgres {
namespace {

std::string field(const PGresult* result, int code) {
  const char* value = PQresultErrorField(result, code);
  return value == nullptr ? std::string() : std::string(value);
}

bool about_data(const ServerError& error) {
  return error.sqlstate.starts_with("22") || error.sqlstate.starts_with("23");
}

// DETAIL of these classes lists objects, types and sessions; of others it may quote a row.
bool detail_is_harmless(const ServerError& error) {
  constexpr std::array<std::string_view, 6> classes{"0A", "2B", "3D", "3F", "42", "55"};
  return !error.raised && std::any_of(classes.begin(), classes.end(), [&](std::string_view name) {
    return error.sqlstate.starts_with(name);
  });
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const std::string& part : split_text(text, '\n')) {
    if (trim(part).empty()) continue;
    if (!line.empty()) line += "; ";
    line += trim(part);
  }
  return line;
}

std::string visible_message(const ServerError& error) {
  if (error.sqlstate.starts_with("22") || (error.raised && about_data(error))) {
    // "invalid input syntax for type integer: "12a"": the value comes last, or in quotes.
    return redact_quoted(std::string_view(error.message).substr(0, error.message.find(": ")));
  }
  std::string message = error.message;
  if (!error.detail.empty() && detail_is_harmless(error))
    message += fmt::format(" ({})", one_line(error.detail));
  return message;
}

struct CopyPlace {
  std::string row, column;
};

// CONTEXT of COPY FROM is "COPY customers, line 17, column age: "12a"": everything up to the colon
// is a name or a number. A server that speaks another language gives nothing.
CopyPlace find_copy_place(const std::string& context) {
  for (const std::string& text : split_text(context, '\n')) {
    if (!text.starts_with("COPY ")) continue;
    constexpr std::string_view line_mark = ", line ", column_mark = ", column ";
    const std::size_t mark = text.find(line_mark);
    if (mark == std::string::npos) continue;
    const std::size_t begin = mark + line_mark.size();
    const std::size_t end = std::min(text.find_first_not_of("0123456789", begin), text.size());
    CopyPlace place{text.substr(begin, end - begin), {}};
    if (text.compare(end, column_mark.size(), column_mark) == 0) {
      const std::size_t name = end + column_mark.size();
      place.column = text.substr(name, text.find(": ", name) - name);
    }
    return place;
  }
  return {};
}

std::string_view reason_of(std::string_view sqlstate) {
  struct Reason {
    std::string_view sqlstate, text;
  };
  constexpr std::array<Reason, 12> reasons{{
      {"22001", "a value is too long for its column"},
      {"22003", "a number is out of range"},
      {"22007", "a date or time is malformed"},
      {"22008", "a date or time is out of range"},
      {"22021", "text is not valid in the database's encoding"},
      {"22P02", "a value is malformed for its type"},
      {"22P04", "a row does not have the form that COPY expects"},
      {"23502", "a column that must not be null is null"},
      {"23503", "a foreign key has no matching row"},
      {"23505", "a key is there already"},
      {"23514", "a check constraint does not hold"},
      {"23P01", "an exclusion constraint does not hold"},
  }};
  const auto* reason = std::find_if(reasons.begin(), reasons.end(),
                                    [&](const Reason& r) { return r.sqlstate == sqlstate; });
  return reason == reasons.end() ? "the server refused a row" : reason->text;
}

}  // namespace

ServerError read_server_error(const PGresult* result) {
  ServerError error;
  error.sqlstate = field(result, PG_DIAG_SQLSTATE);
  error.message = field(result, PG_DIAG_MESSAGE_PRIMARY);
  if (error.message.empty()) error.message = one_line(PQresultErrorMessage(result));
  error.detail = field(result, PG_DIAG_MESSAGE_DETAIL);
  error.hint = field(result, PG_DIAG_MESSAGE_HINT);
  error.context = field(result, PG_DIAG_CONTEXT);
  error.schema = field(result, PG_DIAG_SCHEMA_NAME);
  error.table = field(result, PG_DIAG_TABLE_NAME);
  error.column = field(result, PG_DIAG_COLUMN_NAME);
  error.constraint = field(result, PG_DIAG_CONSTRAINT_NAME);
  error.raised = field(result, PG_DIAG_SOURCE_FUNCTION) == "exec_stmt_raise";
  const std::string position = field(result, PG_DIAG_STATEMENT_POSITION);
  std::from_chars(position.data(), position.data() + position.size(), error.position);
  return error;
}

SqlError statement_error(const ServerError& error, std::string_view sql) {
  std::uint32_t line = 0, column = 0;
  if (error.position > 0) {
    line = 1;
    std::size_t characters = 0;
    for (const char c : sql) {
      const bool starts_character = (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
      if (starts_character && ++characters == error.position) break;
      if (starts_character) ++column;
      if (c == '\n') {
        ++line;
        column = 0;
      }
    }
    ++column;
  }
  std::string hint = error.raised && about_data(error) ? std::string() : one_line(error.hint);
  return SqlError(errors::sql, visible_message(error), std::move(hint), error.sqlstate, line,
                  column);
}

SqlError copy_error(const ServerError& error) {
  const bool from_row = about_data(error) || error.raised || error.sqlstate.starts_with("P0");
  if (!from_row)
    return SqlError(errors::sql, visible_message(error), one_line(error.hint), error.sqlstate, 0,
                    0);
  const CopyPlace place = find_copy_place(error.context);
  std::string message = fmt::format("{} (SQLSTATE {}", reason_of(error.sqlstate), error.sqlstate);
  const auto add = [&](std::string_view kind, const std::string& name) {
    if (!name.empty()) message += fmt::format(", {} '{}'", kind, name);
  };
  add("table", error.table.empty() ? std::string() : error.schema + "." + error.table);
  add("column", error.column.empty() ? place.column : error.column);
  add("constraint", error.constraint);
  if (!place.row.empty()) message += fmt::format(", row {} of the copy", place.row);
  return SqlError(errors::sql, message + ")", {}, error.sqlstate, 0, 0);
}

std::string redact_quoted(std::string_view text) {
  // The quotation marks of the server's languages.
  constexpr std::array<std::string_view, 9> marks{"\"", "«", "»", "„", "“", "”", "「", "」", "『"};
  std::size_t first = std::string_view::npos, end = 0;
  for (const std::string_view mark : marks) {
    first = std::min(first, text.find(mark));
    if (const std::size_t last = text.rfind(mark); last != std::string_view::npos)
      end = std::max(end, last + mark.size());
  }
  if (first == std::string_view::npos) return std::string(text);
  return fmt::format("{}\"...\"{}", text.substr(0, first), text.substr(end));
}

}  // namespace host::postgres
