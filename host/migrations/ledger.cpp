// SPDX-License-Identifier: MIT
#include "host/migrations/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "host/audit/access.hpp"
#include "host/audit/schema.hpp"
#include "host/foundation/hash.hpp"
#include "host/postgres/quote.hpp"
#include "host/postgres/transaction.hpp"

namespace host::migrations {
namespace {

using postgres::quote_literal;

constexpr std::string_view own_role = "RESET SESSION AUTHORIZATION; RESET ROLE; ";

constexpr std::string_view schema_sql = R"(
CREATE SCHEMA IF NOT EXISTS confiture;
CREATE TABLE IF NOT EXISTS confiture.run (
  run text PRIMARY KEY,
  command text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_by text NOT NULL DEFAULT session_user,
  host text NOT NULL,
  pid integer NOT NULL,
  backend_pid integer NOT NULL,
  plan_hash text,
  finished_at timestamptz,
  outcome text CHECK (outcome IN ('done', 'failed', 'interrupted', 'stopped', 'cut off')),
  detail text
);
COMMENT ON TABLE confiture.run IS
  'Who ran what, when, and how it ended; without an outcome: it goes on, or was cut off';
CREATE TABLE IF NOT EXISTS confiture.history (
  version text PRIMARY KEY,
  name text NOT NULL,
  checksum text NOT NULL,
  down_checksum text,
  applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  applied_by text NOT NULL DEFAULT session_user,
  duration_ms double precision NOT NULL
);
ALTER TABLE confiture.history ADD COLUMN IF NOT EXISTS run text;
COMMENT ON TABLE confiture.history IS 'The migrations that are applied, written by confiture';
CREATE TABLE IF NOT EXISTS confiture.run_migration (
  run text,
  version text NOT NULL,
  name text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('up', 'down')),
  checksum text NOT NULL,
  finished_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_by text NOT NULL DEFAULT session_user,
  duration_ms double precision NOT NULL
);
ALTER TABLE confiture.run_migration ADD COLUMN IF NOT EXISTS note text;
COMMENT ON TABLE confiture.run_migration IS
  'Every migration that was applied or taken back, written in its own transaction; only ever added to';
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
ALTER TABLE confiture.run_step ADD COLUMN IF NOT EXISTS run text;
ALTER TABLE confiture.run_step ADD COLUMN IF NOT EXISTS state_before text;
ALTER TABLE confiture.run_step ADD COLUMN IF NOT EXISTS indexes_before text[];
COMMENT ON TABLE confiture.run_step IS
  'How far a migration without a transaction has come; empty once it is at its end';
)";

// The ledger's key: as the file has it, and for a repeatable one with its name.
std::string key_of(const Version& version) {
  return quote_literal(version.is_repeatable() ? version.number() : version.text());
}

std::optional<Version> version_of(const std::string& key) {
  constexpr std::string_view repeatable = "R_";
  if (key.starts_with(repeatable)) return Version::repeatable(key.substr(repeatable.size()));
  return Version::parse(key);
}

std::string literal_or_null(std::string_view text) {
  return text.empty() ? "NULL" : quote_literal(text);
}

std::string trace_sql(const Migration& migration, std::string_view direction,
                      const std::string& checksum, double duration_ms, const Occasion& occasion) {
  return fmt::format(
      "INSERT INTO confiture.run_migration "
      "(run, version, name, direction, checksum, duration_ms, note) "
      "VALUES ({}, {}, {}, {}, {}, {}, {}); {}",
      literal_or_null(occasion.run), key_of(migration.version), quote_literal(migration.name),
      quote_literal(direction), quote_literal(checksum), duration_ms,
      literal_or_null(occasion.note), occasion.also);
}

// A repeatable migration has one row, of the last time that it ran.
constexpr std::string_view replace_row =
    " ON CONFLICT (version) DO UPDATE SET checksum = excluded.checksum, "
    "applied_at = excluded.applied_at, applied_by = excluded.applied_by, "
    "duration_ms = excluded.duration_ms, run = excluded.run";

}  // namespace

bool Ledger::exists() {
  return audit::with_rights([&] {
    return connection_.query("SELECT to_regclass('confiture.history') IS NOT NULL").boolean(0, 0);
  });
}

bool Ledger::complete() {
  return has_notes() && audit::exists(connection_);
}

bool Ledger::has_notes() {
  return audit::with_rights([&] {
    return connection_
        .query(
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attname = 'note' AND "
            "attrelid = to_regclass('confiture.run_migration'))")
        .boolean(0, 0);
  });
}

void Ledger::create() {
  std::optional<postgres::Transaction> own;
  if (connection_.transaction_state() == postgres::TransactionState::idle) own.emplace(connection_);
  // NOTICE: relation already exists, skipping.
  audit::with_rights([&] {
    connection_.execute("SET LOCAL client_min_messages = warning");
    connection_.execute(schema_sql);
    audit::create(connection_);
  });
  if (own) own->commit();
}

std::vector<Applied> Ledger::applied() {
  std::vector<Applied> all;
  if (!exists()) return all;
  const postgres::Result rows = audit::with_rights([&] {
    return connection_.query(
        "SELECT version, name, checksum, down_checksum, "
        "to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'), applied_by, "
        "duration_ms FROM confiture.history");
  });
  all.reserve(rows.row_count());
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const std::optional<Version> version = version_of(rows.text(row, 0));
    if (!version) continue;  // not ours
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
  const auto before = [](const Applied& a, const Applied& b) { return a.version < b.version; };
  if (!std::is_sorted(all.begin(), all.end(), before)) std::sort(all.begin(), all.end(), before);
  return all;
}

std::string Ledger::state() {
  std::string text;
  for (const Applied& each : applied())
    text += fmt::format("{} {} {}\n", each.version.number(), each.checksum, each.applied_at);
  if (!has_notes()) return sha256_hex(text);
  const postgres::Result rows = connection_.query(
      "SELECT concat_ws(' ', version, direction, checksum, "
      "to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')) "
      "FROM confiture.run_migration ORDER BY finished_at, version, direction");
  for (std::size_t row = 0; row < rows.row_count(); ++row) text += rows.text(row, 0) + "\n";
  return sha256_hex(text);
}

void Ledger::record(const Migration& migration, double duration_ms, const Occasion& occasion) {
  connection_.execute(
      fmt::format("{}INSERT INTO confiture.history (version, name, checksum, down_checksum, "
                  "duration_ms, run) "
                  "VALUES ({}, {}, {}, {}, {}, {}){}; {}",
                  own_role, key_of(migration.version), quote_literal(migration.name),
                  quote_literal(migration.up.checksum),
                  migration.down ? quote_literal(migration.down->checksum) : "NULL", duration_ms,
                  literal_or_null(occasion.run), migration.repeatable() ? replace_row : "",
                  trace_sql(migration, "up", migration.up.checksum, duration_ms, occasion)));
}

void Ledger::take_back(const Migration& migration, double duration_ms, const Occasion& occasion) {
  erase(migration.version);
  connection_.execute(
      trace_sql(migration, "down", migration.down->checksum, duration_ms, occasion));
}

void Ledger::backdate(const Version& version, const std::string& applied_at,
                      const std::string& applied_by) {
  connection_.execute(
      fmt::format("{}UPDATE confiture.history SET applied_at = COALESCE({}, applied_at), "
                  "applied_by = COALESCE({}, applied_by) WHERE version = {}",
                  own_role, literal_or_null(applied_at) + "::timestamptz",
                  literal_or_null(applied_by), key_of(version)));
}

void Ledger::erase(const Version& version) {
  // The row may write the same version with other zeros: 7 and 007, 1.2 and 1.2.0.
  connection_.execute(
      fmt::format("{}DELETE FROM confiture.history WHERE version = COALESCE("
                  "(SELECT version FROM confiture.history WHERE version = {}), "
                  "(SELECT version FROM confiture.history WHERE pg_catalog.regexp_replace("
                  "pg_catalog.regexp_replace(version, '(^|\\.)0+(?=[0-9])', '\\1', 'g'), "
                  "'(\\.0)+$', '') = {}))",
                  own_role, key_of(version), quote_literal(version.number())));
}

}  // namespace host::migrations
