// SPDX-License-Identifier: MIT
#include "host/migrations/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "host/postgres/quote.hpp"
#include "host/postgres/transaction.hpp"

namespace host::migrations {
namespace {

using postgres::quote_literal;

constexpr std::string_view own_role = "RESET SESSION AUTHORIZATION; RESET ROLE; ";

constexpr std::string_view schema_sql = R"(
CREATE SCHEMA IF NOT EXISTS confiture;
CREATE TABLE IF NOT EXISTS confiture.history (
  version text PRIMARY KEY,
  name text NOT NULL,
  checksum text NOT NULL,
  down_checksum text,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  applied_by text NOT NULL DEFAULT session_user,
  duration_ms double precision NOT NULL
);
COMMENT ON TABLE confiture.history IS 'The migrations that are applied, written by confiture';
CREATE TABLE IF NOT EXISTS confiture.run_step (
  version text NOT NULL,
  direction text NOT NULL,
  statement integer NOT NULL,
  statement_sha256 text NOT NULL,
  state text NOT NULL CHECK (state IN ('started', 'done', 'failed')),
  backend_pid integer NOT NULL,
  backend_start timestamptz NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz,
  PRIMARY KEY (version, direction, statement)
);
COMMENT ON TABLE confiture.run_step IS
  'How far a migration without a transaction has come; empty once it is at its end';
)";

}  // namespace

bool Ledger::exists() {
  return connection_.query("SELECT to_regclass('confiture.history') IS NOT NULL").boolean(0, 0);
}

void Ledger::create() {
  std::optional<postgres::Transaction> own;
  if (connection_.transaction_state() == postgres::TransactionState::idle) own.emplace(connection_);
  // NOTICE: relation already exists, skipping.
  connection_.execute("SET LOCAL client_min_messages = warning");
  connection_.execute(schema_sql);
  if (own) own->commit();
}

std::vector<Applied> Ledger::applied() {
  std::vector<Applied> all;
  if (!exists()) return all;
  const postgres::Result rows = connection_.query(
      "SELECT version, name, checksum, down_checksum, "
      "to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'), applied_by, "
      "duration_ms FROM confiture.history");
  all.reserve(rows.row_count());
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const std::optional<Version> version = Version::parse(rows.text(row, 0));
    if (!version) continue;  // not ours: confiture writes digits only
    Applied applied{*version,
                    rows.text(row, 1),
                    rows.text(row, 2),
                    std::nullopt,
                    rows.text(row, 4),
                    rows.text(row, 5),
                    0};
    if (rows.value(row, 3)) applied.down_checksum = rows.text(row, 3);
    const std::string duration = rows.text(row, 6);
    std::from_chars(duration.data(), duration.data() + duration.size(), applied.duration_ms);
    all.push_back(std::move(applied));
  }
  std::sort(all.begin(), all.end(),
            [](const Applied& a, const Applied& b) { return a.version < b.version; });
  return all;
}

void Ledger::record(const Migration& migration, double duration_ms) {
  connection_.execute(fmt::format(
      "{}INSERT INTO confiture.history (version, name, checksum, down_checksum, duration_ms) "
      "VALUES ({}, {}, {}, {}, {})",
      own_role, quote_literal(migration.version.text()), quote_literal(migration.name),
      quote_literal(migration.up.checksum),
      migration.down ? quote_literal(migration.down->checksum) : "NULL", duration_ms));
}

void Ledger::erase(const Version& version) {
  connection_.execute(
      fmt::format("{}DELETE FROM confiture.history WHERE ltrim(version, '0') = ltrim({}, '0')",
                  own_role, quote_literal(version.text())));
}

}  // namespace host::migrations
