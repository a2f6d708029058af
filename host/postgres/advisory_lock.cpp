// SPDX-License-Identifier: MIT
#include "host/postgres/advisory_lock.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <random>
#include <thread>

#include "host/foundation/hash.hpp"
#include "host/foundation/time.hpp"
#include "host/postgres/errors.hpp"

namespace host::postgres {
namespace {

// The database is part of the key so that its copy on the same server has a lock of its own.
std::int64_t key_of(Connection& connection, std::string_view name) {
  const std::string oid =
      connection.query("SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()")
          .text(0, 0);
  const std::string digest = sha256_hex(fmt::format("confiture{}{}", oid, name));
  std::uint64_t key = 0;
  std::from_chars(digest.data(), digest.data() + 16, key, 16);
  return static_cast<std::int64_t>(key);
}

bool try_lock(Connection& connection, std::int64_t key) {
  const Parameter number = std::to_string(key);
  return connection.query("SELECT pg_catalog.pg_try_advisory_lock($1::bigint)", {&number, 1})
      .boolean(0, 0);
}

std::optional<LockHolder> find_holder(Connection& connection, std::int64_t key) {
  const Parameter number = std::to_string(key);
  const Result found = connection.query(
      "SELECT l.pid, coalesce(a.application_name, ''), coalesce(a.usename, ''), "
      "coalesce(host(a.client_addr), 'local'), "
      "coalesce(to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), '') "
      "FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a USING (pid) "
      "WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.database = "
      "(SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()) "
      "AND (l.classid::bigint << 32) | l.objid::bigint = $1::bigint",
      {&number, 1});
  if (found.row_count() == 0) return std::nullopt;
  return LockHolder{static_cast<int>(found.integer(0, 0)), found.text(0, 1), found.text(0, 2),
                    found.text(0, 3), found.text(0, 4)};
}

std::string describe(std::string_view name, const std::optional<LockHolder>& holder,
                     const LockReport& report) {
  std::string text = fmt::format("the lock '{}' is held by another run", name);
  if (!holder) return text;
  text += fmt::format(": pid {}, application '{}', user '{}', client {}, connected since {}",
                      holder->pid, holder->application, holder->user, holder->client,
                      holder->since.empty() ? "an unknown time" : holder->since);
  return report.about ? text + report.about(*holder) : text;
}

[[noreturn]] void give_up(const std::optional<LockHolder>& holder, std::string message,
                          std::chrono::milliseconds patience) {
  throw Error(
      errors::locked, std::move(message),
      fmt::format("waited {}; run this again when that run has ended{}", format_duration(patience),
                  holder ? fmt::format(", or end it with "
                                       "SELECT pg_terminate_backend({})",
                                       holder->pid)
                         : std::string()));
}

}  // namespace

void refuse_pooler(Connection& connection) {
  const std::int64_t pid = connection.query("SELECT pg_catalog.pg_backend_pid()").integer(0, 0);
  if (pid == connection.backend_pid()) return;
  throw Error(errors::pooler,
              "this connection goes through a connection pooler, where a lock holds nobody off",
              "give this environment the address of the PostgreSQL server itself, or name it with "
              "--database-url");
}

void refuse_standby(Connection& connection) {
  if (!connection.query("SELECT pg_catalog.pg_is_in_recovery()").boolean(0, 0)) return;
  throw Error(errors::standby,
              fmt::format("the server of database '{}' is a standby, which takes no changes",
                          connection.query("SELECT pg_catalog.current_database()").text(0, 0)),
              "give this environment the address of the primary, or those of all servers and "
              "target_session_attrs=read-write");
}

AdvisoryLock::AdvisoryLock(Connection& connection, std::string_view name,
                           std::chrono::milliseconds patience, const Cancellation& cancellation,
                           const LockReport& report)
    : connection_(connection) {
  using Clock = std::chrono::steady_clock;
  const auto limit = Clock::now() + patience;
  refuse_pooler(connection);
  refuse_standby(connection);
  key_ = key_of(connection, name);
  std::minstd_rand random(std::random_device{}());
  std::uniform_int_distribution<int> pause(200, 1000);
  bool told = false;
  while (!try_lock(connection, key_)) {
    const auto holder = find_holder(connection, key_);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(limit - Clock::now());
    if (left.count() <= 0) give_up(holder, describe(name, holder, report), patience);
    if (holder && !told && report.message) {
      report.message(describe(name, holder, report) + "; waiting for it");
      told = true;
    }
    const auto wake = Clock::now() + std::min(left, std::chrono::milliseconds(pause(random)));
    while (Clock::now() < wake) {
      cancellation.check();
      std::this_thread::sleep_for(
          std::min<Clock::duration>(wake - Clock::now(), std::chrono::milliseconds(50)));
    }
  }
}

AdvisoryLock::~AdvisoryLock() {
  const Parameter number = std::to_string(key_);
  try {
    connection_.query("SELECT pg_catalog.pg_advisory_unlock($1::bigint)", {&number, 1});
  } catch (const std::exception&) {
    // A session that cannot answer is gone, and its locks with it.
  }
}

bool AdvisoryLock::held() const {
  const Parameter number = std::to_string(key_);
  return connection_
      .query(
          "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND granted "
          "AND objsubid = 1 AND pid = pg_catalog.pg_backend_pid() "
          "AND (classid::bigint << 32) | objid::bigint = $1::bigint)",
          {&number, 1})
      .boolean(0, 0);
}

}  // namespace host::postgres
