// SPDX-License-Identifier: MIT
#include "host/audit/reader.hpp"

#include <fmt/format.h>

#include <limits>

#include "host/audit/access.hpp"
#include "host/audit/errors.hpp"
#include "host/postgres/quote.hpp"

namespace host::audit {
namespace {

using postgres::quote_literal;
using postgres::Result;

constexpr std::int64_t page_size = 5000;

constexpr std::string_view select =
    "SELECT seq, pg_catalog.to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), "
    "actor, login, person, host, client, application, tool, environment, run, plan_hash, event, "
    "payload, prev, hash FROM confiture.audit";

Field field(const Result& rows, std::size_t row, std::size_t column) {
  return rows.value(row, column) ? Field(rows.text(row, column)) : std::nullopt;
}

Entry entry_in(const Result& rows, std::size_t row) {
  return {rows.integer(row, 0), rows.text(row, 1),   rows.text(row, 2),    field(rows, row, 3),
          field(rows, row, 4),  field(rows, row, 5), field(rows, row, 6),  rows.text(row, 7),
          field(rows, row, 8),  field(rows, row, 9), field(rows, row, 10), field(rows, row, 11),
          rows.text(row, 12),   rows.text(row, 13),  rows.text(row, 14),   rows.text(row, 15)};
}

Result query(postgres::Connection& connection, const std::string& sql) {
  return with_rights([&] { return connection.query(sql); });
}

std::string matches(const std::string& event) {
  if (!event.ends_with('*')) return "event = " + quote_literal(event);
  return fmt::format("pg_catalog.starts_with(event, {})",
                     quote_literal(event.substr(0, event.size() - 1)));
}

std::string condition_of(const Filter& filter) {
  std::string text = "true";
  const auto equal = [&](const char* column, const std::string& value) {
    if (!value.empty()) text += fmt::format(" AND {} = {}", column, quote_literal(value));
  };
  if (!filter.since.empty())
    text += fmt::format(" AND at >= {}::pg_catalog.timestamptz", quote_literal(filter.since));
  if (!filter.until.empty())
    text += fmt::format(" AND at < {}::pg_catalog.timestamptz", quote_literal(filter.until));
  if (!filter.events.empty()) {
    std::string any;
    for (const std::string& event : filter.events)
      any += (any.empty() ? "" : " OR ") + matches(event);
    text += " AND (" + any + ")";
  }
  if (!filter.plan_hash.empty())
    text +=
        fmt::format(" AND pg_catalog.starts_with(plan_hash, {})", quote_literal(filter.plan_hash));
  equal("run", filter.run);
  equal("actor", filter.actor);
  equal("person", filter.person);
  return text;
}

}  // namespace

void read_entries(postgres::Connection& connection, const Filter& filter,
                  const std::function<void(const Entry&)>& each) {
  const std::string condition = condition_of(filter);
  std::int64_t after = std::numeric_limits<std::int64_t>::min();
  try {
    if (filter.last)
      after = query(connection,
                    fmt::format("SELECT coalesce(min(seq), 1) - 1 FROM (SELECT seq FROM "
                                "confiture.audit WHERE {} ORDER BY seq DESC LIMIT {}) newest",
                                condition, *filter.last))
                  .integer(0, 0);
    for (;;) {
      const Result rows =
          query(connection, fmt::format("{} WHERE seq > {} AND {} ORDER BY seq LIMIT {}", select,
                                        after, condition, page_size));
      for (std::size_t row = 0; row < rows.row_count(); ++row) {
        const Entry entry = entry_in(rows, row);
        after = entry.seq;
        each(entry);
      }
      if (rows.row_count() < page_size) return;
    }
  } catch (const postgres::SqlError& error) {
    constexpr std::string_view data_exception = "22";
    if (!error.sqlstate().starts_with(data_exception)) throw;
    throw Error(errors::bad_moment, error.message(),
                "write a moment as 2026-11-23 or 2026-11-23T10:00:00Z");
  }
}

Head read_head(postgres::Connection& connection) {
  const Result row = query(connection, "SELECT seq, hash FROM confiture.audit_head");
  if (row.row_count() == 0) return {-1, ""};
  return {row.integer(0, 0), row.text(0, 1)};
}

}  // namespace host::audit
