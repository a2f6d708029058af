// SPDX-License-Identifier: MIT
#include "host/migrations/journal.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/audit/access.hpp"
#include "host/postgres/quote.hpp"

namespace host::migrations {
namespace {

using postgres::quote_literal;

// Which rows: those of one migration and direction.
std::string key_values(const Version& version, Direction direction) {
  return fmt::format("{}, {}", quote_literal(version.number()),
                     quote_literal(to_string(direction)));
}

std::string text_array(const std::vector<std::string>& texts) {
  std::string sql;
  for (const std::string& text : texts) sql += (sql.empty() ? "" : ", ") + quote_literal(text);
  return "ARRAY[" + sql + "]::text[]";
}

std::vector<std::string> read_texts(const std::string& json) {
  std::vector<std::string> texts;
  const boost::json::value parsed = boost::json::parse(json);
  for (const boost::json::value& each : parsed.as_array()) texts.emplace_back(each.as_string());
  return texts;
}

}  // namespace

std::vector<JournalEntry> Journal::read() {
  const postgres::Result rows = connection_.query(fmt::format(
      "SELECT s.statement, s.statement_sha256, s.state = 'done', s.backend_pid, "
      "EXISTS (SELECT FROM pg_stat_activity a "
      "WHERE a.pid = s.backend_pid AND a.backend_start = s.backend_start), "
      "coalesce(s.state_before = 'done', false), to_json(coalesce(s.indexes_before, '{{}}')) "
      "FROM confiture.run_step s WHERE (s.version, s.direction) = ({}) ORDER BY s.statement",
      key_values(version_, direction_)));
  std::vector<JournalEntry> entries;
  for (std::size_t row = 0; row < rows.row_count(); ++row)
    entries.push_back({static_cast<std::size_t>(rows.integer(row, 0)), rows.text(row, 1),
                       rows.boolean(row, 2), static_cast<int>(rows.integer(row, 3)),
                       rows.boolean(row, 4), rows.boolean(row, 5), read_texts(rows.text(row, 6))});
  return entries;
}

void Journal::start(std::size_t statement, const std::string& sha256, int backend_pid,
                    const Finding& before) {
  forget(statement);
  std::vector<std::string> indexes = before.leftovers;
  if (before.valid_indexes)
    indexes.insert(indexes.end(), before.valid_indexes->begin(), before.valid_indexes->end());
  connection_.execute(fmt::format(
      "INSERT INTO confiture.run_step (version, direction, statement, statement_sha256, state, "
      "backend_pid, backend_start, run, state_before, indexes_before) "
      "SELECT {}, {}, {}, 'started', pid, backend_start, {}, {}, {} "
      "FROM pg_stat_activity WHERE pid = {}",
      key_values(version_, direction_), statement, quote_literal(sha256), quote_literal(run_),
      quote_literal(to_string(before.state)), text_array(indexes), backend_pid));
}

void Journal::finish(std::size_t statement) {
  connection_.execute(
      fmt::format("UPDATE confiture.run_step SET state = 'done', finished_at = clock_timestamp() "
                  "WHERE (version, direction, statement) = ({}, {})",
                  key_values(version_, direction_), statement));
}

void Journal::forget(std::size_t statement) {
  connection_.execute(
      fmt::format("DELETE FROM confiture.run_step WHERE (version, direction, statement) = ({}, {})",
                  key_values(version_, direction_), statement));
}

void Journal::clear() {
  connection_.execute(
      fmt::format("DELETE FROM confiture.run_step WHERE (version, direction) = ({})",
                  key_values(version_, direction_)));
}

void Journal::terminate_backend(std::size_t statement) {
  connection_.execute(fmt::format(
      "SELECT pg_terminate_backend(a.pid) FROM confiture.run_step s JOIN pg_stat_activity a "
      "ON a.pid = s.backend_pid AND a.backend_start = s.backend_start "
      "WHERE (s.version, s.direction, s.statement) = ({}, {})",
      key_values(version_, direction_), statement));
}

void Journal::note_done(postgres::Connection& connection, std::size_t statement,
                        const std::string& sha256) {
  // SET LOCAL: what the file set comes back after the commit.
  connection.execute(fmt::format(
      "SET LOCAL SESSION AUTHORIZATION DEFAULT; SET LOCAL ROLE NONE; "
      "INSERT INTO confiture.run_step (version, direction, statement, statement_sha256, state, "
      "backend_pid, backend_start, run, finished_at) "
      "SELECT {}, {}, {}, 'done', pid, backend_start, {}, pg_catalog.clock_timestamp() "
      "FROM pg_catalog.pg_stat_activity WHERE pid = pg_catalog.pg_backend_pid() "
      // It may have been in doubt before.
      "ON CONFLICT (version, direction, statement) DO UPDATE SET "
      "statement_sha256 = excluded.statement_sha256, state = excluded.state, "
      "backend_pid = excluded.backend_pid, backend_start = excluded.backend_start, "
      "run = excluded.run, finished_at = excluded.finished_at",
      key_values(version_, direction_), statement, quote_literal(sha256), quote_literal(run_)));
}

std::string Unfinished::text() const {
  return name.empty() ? version.text() : fmt::format("'{}_{}'", version.text(), name);
}

std::vector<Unfinished> find_unfinished(postgres::Connection& connection,
                                        const Directory& directory) {
  std::vector<Unfinished> all;
  const auto query = [&](std::string_view sql) {
    return audit::with_rights([&] { return connection.query(sql); });
  };
  if (!query("SELECT to_regclass('confiture.run_step') IS NOT NULL").boolean(0, 0)) return all;
  const postgres::Result rows = query(
      "SELECT version, direction = 'up', count(*) FILTER (WHERE state = 'done'), "
      "json_agg(statement ORDER BY statement) FILTER (WHERE state <> 'done') "
      "FROM confiture.run_step GROUP BY 1, 2");
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const auto version = Version::parse(rows.text(row, 0));
    if (!version) continue;
    Unfinished each{*version,
                    rows.boolean(row, 1) ? Direction::up : Direction::down,
                    static_cast<std::size_t>(rows.integer(row, 2)),
                    {},
                    {}};
    if (rows.value(row, 3)) {
      const boost::json::value numbers = boost::json::parse(rows.text(row, 3));
      for (const boost::json::value& number : numbers.as_array())
        each.in_doubt.push_back(number.to_number<std::size_t>());
    }
    if (const Migration* migration = directory.find(*version)) {
      each.version = migration->version;
      each.name = migration->name;
    }
    all.push_back(std::move(each));
  }
  return all;
}

}  // namespace host::migrations
