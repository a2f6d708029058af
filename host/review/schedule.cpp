// SPDX-License-Identifier: MIT
#include "host/review/schedule.hpp"

#include <fmt/format.h>

#include <array>

#include "host/foundation/text.hpp"
#include "host/postgres/transaction.hpp"
#include "host/review/errors.hpp"
#include "host/review/window.hpp"

namespace host::review {
namespace {

using postgres::Parameter;

constexpr std::string_view schema_sql = R"(
CREATE TABLE confiture.schedule (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan_hash text NOT NULL,
  environment text NOT NULL,
  not_before timestamptz NOT NULL,
  not_after timestamptz NOT NULL CHECK (not_after > not_before),
  time_window text NOT NULL,
  state text NOT NULL DEFAULT 'scheduled'
    CHECK (state IN ('scheduled', 'claimed', 'done', 'failed', 'missed', 'cancelled')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by text NOT NULL DEFAULT session_user,
  worker text,
  lease timestamptz,
  takes_ms bigint NOT NULL DEFAULT 0,
  moves boolean NOT NULL DEFAULT false,
  reminded_at timestamptz,
  finished_at timestamptz,
  detail text NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX schedule_once ON confiture.schedule (plan_hash)
  WHERE state IN ('scheduled', 'claimed');
COMMENT ON TABLE confiture.schedule IS 'Which plan runs when, by confiture worker';
)";

// What read() reads.
constexpr std::string_view columns =
    "id, plan_hash, environment, to_char(not_before AT TIME ZONE 'UTC', "
    "'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'), to_char(not_after AT TIME ZONE 'UTC', "
    "'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'), time_window, state, created_by, detail, "
    "not_after <= clock_timestamp() + takes_ms * interval '1 millisecond', takes_ms, moves";

}  // namespace

bool Schedule::exists() {
  const postgres::Result rows = connection_.query(
      "SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('confiture.schedule') AND "
      "attname IN ('id', 'takes_ms', 'moves')");
  const std::string there = rows.text(0, 0);
  if (there == "1" || there == "2")
    connection_.execute(
        "SET client_min_messages = warning; ALTER TABLE confiture.schedule ADD COLUMN IF NOT "
        "EXISTS takes_ms bigint NOT NULL DEFAULT 0, ADD COLUMN IF NOT EXISTS moves boolean NOT "
        "NULL DEFAULT false; RESET client_min_messages");
  return there != "0";
}

void Schedule::open() {
  if (exists()) return;
  postgres::Transaction transaction(connection_);
  connection_.execute(schema_sql);
  transaction.commit();
}

Appointment Schedule::add(const std::string& plan, const std::string& environment,
                          const std::string& not_before, const std::string& not_after,
                          const std::string& window, std::chrono::milliseconds takes, bool moves) {
  Opening opening{not_before, not_after};
  check_opening(connection_, opening);
  const std::array<Parameter, 7> parameters{plan,
                                            environment,
                                            opening.not_before,
                                            opening.not_after,
                                            window,
                                            std::to_string(takes.count()),
                                            std::string(moves ? "t" : "f")};
  try {
    return read(fmt::format("INSERT INTO confiture.schedule (plan_hash, environment, not_before, "
                            "not_after, time_window, takes_ms, moves) VALUES ($1, $2, $3, $4, "
                            "$5, $6, $7) RETURNING {}",
                            columns),
                parameters)
        .front();
  } catch (const postgres::SqlError& error) {
    constexpr std::string_view unique_violation = "23505";
    if (error.sqlstate() != unique_violation) throw;
    throw Error(errors::bad_time, fmt::format("plan {} is scheduled already", plan.substr(0, 16)),
                "confiture schedule list shows it; cancel it first");
  }
}

std::vector<Appointment> Schedule::list(const std::string& environment, bool all) {
  const Parameter name = environment;
  return read(fmt::format("SELECT {} FROM confiture.schedule WHERE environment = $1{} "
                          "ORDER BY not_before, id",
                          columns, all ? "" : " AND state IN ('scheduled', 'claimed')"),
              {&name, 1});
}

Appointment Schedule::cancel(const std::string& id, const std::string& environment) {
  const std::array<Parameter, 2> parameters{id, environment};
  return change(
      "state = 'cancelled', finished_at = clock_timestamp() WHERE id::text = $1 AND environment = "
      "$2 AND state = 'scheduled'",
      parameters,
      {errors::no_entry,
       fmt::format("nothing that waits in '{}' has the number '{}'", environment, printable(id)),
       "confiture schedule list shows what waits; what a worker has claimed goes on"});
}

std::optional<Appointment> Schedule::claim(const std::string& environment) {
  const std::array<Parameter, 2> parameters{environment, worker_};
  const std::vector<Appointment> claimed = read(
      fmt::format("UPDATE confiture.schedule SET state = 'claimed', worker = $2, lease = "
                  "clock_timestamp() + interval '1 minute' WHERE id = (SELECT id FROM "
                  "confiture.schedule WHERE environment = $1 AND not_before <= clock_timestamp() "
                  "AND (state = 'scheduled' OR state = 'claimed' AND lease < clock_timestamp()) "
                  "ORDER BY not_before, id FOR UPDATE SKIP LOCKED LIMIT 1) RETURNING {}",
                  columns),
      parameters);
  return claimed.empty() ? std::nullopt : std::optional(claimed.front());
}

void Schedule::renew(const std::string& id) {
  const std::array<Parameter, 2> parameters{id, worker_};
  connection_.query(
      "UPDATE confiture.schedule SET lease = clock_timestamp() + interval '1 minute' "
      "WHERE id::text = $1 AND state = 'claimed' AND worker = $2",
      parameters);
}

void Schedule::release(const std::string& id) {
  const std::array<Parameter, 2> parameters{id, worker_};
  connection_.query(
      "UPDATE confiture.schedule SET state = 'scheduled', worker = NULL, lease = NULL "
      "WHERE id::text = $1 AND state = 'claimed' AND worker = $2",
      parameters);
}

bool Schedule::finish(const std::string& id, const std::string& state, const std::string& detail) {
  const std::array<Parameter, 4> parameters{id, state, detail, worker_};
  return connection_
             .query(
                 "UPDATE confiture.schedule SET state = $2, detail = $3, finished_at = "
                 "clock_timestamp() WHERE id::text = $1 AND state = 'claimed' AND worker = $4",
                 parameters)
             .affected_rows() == 1;
}

std::vector<Appointment> Schedule::due_reminders(
    const std::string& environment, std::span<const std::chrono::milliseconds> before) {
  std::string list = "{";
  for (const std::chrono::milliseconds each : before)
    list += (list.size() == 1 ? "" : ",") + std::to_string(each.count());
  const std::array<Parameter, 2> parameters{environment, list + "}"};
  return read(
      fmt::format("UPDATE confiture.schedule SET reminded_at = clock_timestamp() WHERE "
                  "environment = $1 AND state = 'scheduled' AND EXISTS (SELECT FROM "
                  "unnest($2::bigint[]) AS before (ms), LATERAL (SELECT not_before - ms * interval "
                  "'1 millisecond') AS due (at) WHERE at <= clock_timestamp() AND (reminded_at IS "
                  "NULL OR reminded_at < at)) RETURNING {}",
                  columns),
      parameters);
}

Appointment Schedule::move(const std::string& id, const Opening& opening) {
  const std::array<Parameter, 4> parameters{id, worker_, opening.not_before, opening.not_after};
  return change(
      "state = 'scheduled', worker = NULL, lease = NULL, reminded_at = NULL, not_before = $3, "
      "not_after = $4 WHERE id::text = $1 AND state = 'claimed' AND worker = $2",
      parameters, {errors::no_entry, fmt::format("another worker has number '{}' by now", id)});
}

Appointment Schedule::change(std::string_view assignments, std::span<const Parameter> parameters,
                             const Error& otherwise) {
  const std::vector<Appointment> changed =
      read(fmt::format("UPDATE confiture.schedule SET {} RETURNING {}", assignments, columns),
           parameters);
  if (changed.empty()) throw otherwise;
  return changed.front();
}

std::vector<Appointment> Schedule::read(const std::string& sql,
                                        std::span<const Parameter> parameters) {
  const postgres::Result rows = connection_.query(sql, parameters);
  std::vector<Appointment> all;
  for (std::size_t row = 0; row < rows.row_count(); ++row)
    all.push_back({rows.text(row, 0), rows.text(row, 1), rows.text(row, 2), rows.text(row, 3),
                   rows.text(row, 4), rows.text(row, 5), rows.text(row, 6), rows.text(row, 7),
                   rows.text(row, 8), rows.boolean(row, 9),
                   std::chrono::milliseconds(rows.integer(row, 10)), rows.boolean(row, 11)});
  return all;
}

}  // namespace host::review
