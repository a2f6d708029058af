// SPDX-License-Identifier: MIT
#include "host/migrations/run_record.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <random>

#include "host/postgres/quote.hpp"

namespace host::migrations {
namespace {

using postgres::Parameter;
using postgres::quote_literal;

std::string make_id() {
  std::random_device random;
  std::string id;
  for (int i = 0; i < 2; ++i) id += fmt::format("{:08x}", random() & 0xffffffffu);
  return id;
}

// Who runs it on this machine.
std::string user_name() {
  const ::passwd* entry = ::getpwuid(::geteuid());
  return entry == nullptr ? std::to_string(::geteuid()) : entry->pw_name;
}

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::done:
      return "done";
    case Outcome::failed:
      return "failed";
    case Outcome::interrupted:
      return "interrupted";
    case Outcome::stopped:
      break;
  }
  return "stopped";
}

}  // namespace

RunRecord::RunRecord(std::string command, const std::string& environment)
    : id_(make_id()), command_(std::move(command)), trail_({environment}) {
  trail_.origin().run = id_;
}

void RunRecord::begin(postgres::Connection& side, const std::string& plan_hash,
                      const config::Review& review) {
  trail_.origin().plan_hash = plan_hash;
  if (begun_) return;
  trail_.origin().person = audit::person_of(review, side);
  // Of a run that was cut off no more is known.
  side.execute(fmt::format(
      "WITH cut AS (UPDATE confiture.run SET outcome = 'cut off' WHERE outcome IS NULL "
      "RETURNING command, run, plan_hash) SELECT confiture.append_audit('run.cut_off', "
      "pg_catalog.json_build_object('command', command)::pg_catalog.text, NULL, NULL, NULL, {}, "
      "run, plan_hash) FROM cut; "
      "INSERT INTO confiture.run (run, command, host, pid, backend_pid, plan_hash) "
      "VALUES ({}, {}, {}, {}, {}, {}); {}",
      quote_literal(trail_.origin().environment), quote_literal(id_), quote_literal(command_),
      quote_literal(audit::host_name()), ::getpid(), side.backend_pid(),
      plan_hash.empty() ? "NULL" : quote_literal(plan_hash),
      trail_.sql("run.started",
                 {{"command", command_}, {"os_user", user_name()}, {"pid", ::getpid()}})));
  begun_ = true;
}

bool RunRecord::finish(postgres::Connection& side, Outcome outcome, std::string_view detail,
                       boost::json::object facts, std::string_view also) noexcept {
  if (!begun_ || finished_) return false;
  finished_ = true;
  try {
    facts["command"] = command_;
    if (!detail.empty()) facts["detail"] = detail;
    side.execute(fmt::format(
        "UPDATE confiture.run SET finished_at = clock_timestamp(), outcome = {}, detail = {} "
        "WHERE run = {}; {}{}",
        quote_literal(to_string(outcome)), detail.empty() ? "NULL" : quote_literal(detail),
        quote_literal(id_), also, trail_.sql(fmt::format("run.{}", to_string(outcome)), facts)));
    return true;
  } catch (const std::exception&) {
    return false;  // the next run notes that this one was cut off
  }
}

std::string describe_run(postgres::Connection& connection, const postgres::LockHolder& holder) {
  constexpr std::string_view prefix = "confiture/";
  if (!holder.application.starts_with(prefix)) return {};
  if (!connection.query("SELECT to_regclass('confiture.run') IS NOT NULL").boolean(0, 0)) return {};
  const Parameter id = holder.application.substr(prefix.size());
  const postgres::Result row =
      connection.query("SELECT command, host, pid FROM confiture.run WHERE run = $1", {&id, 1});
  if (row.row_count() == 0) return {};
  return fmt::format(", running '{}' on host '{}' (pid {})", row.text(0, 0), row.text(0, 1),
                     row.text(0, 2));
}

}  // namespace host::migrations
