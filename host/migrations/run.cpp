// SPDX-License-Identifier: MIT
#include "host/migrations/run.hpp"

#include <confiture/action.h>
#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/errors.hpp"
#include "host/migrations/errors.hpp"
#include "host/migrations/execution.hpp"
#include "host/migrations/journal.hpp"
#include "host/migrations/ledger.hpp"
#include "host/migrations/precondition.hpp"
#include "host/postgres/errors.hpp"
#include "host/postgres/quote.hpp"

namespace host::migrations {

Run::Run(postgres::Connection& connection, postgres::Connection& side, hooks::Runner& hooks,
         Setting setting)
    : connection_(connection), side_(side), hooks_(hooks), setting_(std::move(setting)) {}

Run::~Run() = default;

void Run::prepare_up(const std::optional<Version>& to) {
  prepare([&](const Directory&, const Standing& standing) { return plan_up(standing, to); },
          Direction::up);
}

void Run::prepare_down(const DownTarget& target) {
  prepare([&](const Directory& directory,
              const Standing& standing) { return plan_down(directory, standing, target); },
          Direction::down);
}

void Run::prepare(const std::function<Plan(const Directory&, const Standing&)>& make,
                  Direction direction) {
  plan_.direction = direction;
  if (setting_.dry_run) {
    connection_.execute("SET default_transaction_read_only = on");
  } else {
    lock_.emplace(side_, lock_name, setting_.lock_wait, setting_.cancellation);
  }
  if (connection_.server_version() >= 140000)
    check_interval_ = connection_.query("SHOW client_connection_check_interval").text(0, 0);
  guard(nullptr, [&] {
    fire(CONFITURE_PHASE_PRE_VALIDATE, "pending");
    make_plan(make);
    fire(CONFITURE_PHASE_POST_VALIDATE, "pending");
  });
}

void Run::make_plan(const std::function<Plan(const Directory&, const Standing&)>& make) {
  directory_ = read_directory(setting_.project, setting_.environment);
  if (const auto notice = directory_.notice(); notice && setting_.message)
    setting_.message(*notice);
  if (setting_.warning)
    for (const std::string& warning : directory_.warnings) setting_.warning(warning);
  const Standing standing = compare(directory_, Ledger(connection_).applied());
  plan_ = make(directory_, standing);
  check_requirements(plan_, standing, connection_);
  check_unfinished();
  if (setting_.assess)
    for (Step& step : plan_.steps) step.risk = setting_.assess(step);
  nodes_.emplace(plan_);
}

// A migration that stopped half-way has to be finished, in its direction, before anything else.
void Run::check_unfinished() {
  if (plan_.steps.empty()) return;
  const Version& first = plan_.steps.front().migration->version;
  for (const Unfinished& each : find_unfinished(connection_))
    if (each.version != first || each.direction != plan_.direction)
      throw Error(errors::unfinished,
                  fmt::format("migration {} stopped half-way {}", each.version.text(),
                              to_string(each.direction)),
                  fmt::format("finish it first: confiture migrate {}", to_string(each.direction)));
}

// A lock that went with its session protects nothing.
void Run::check_lock() {
  const bool held =
      side_
          .query(
              "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE locktype = 'advisory' "
              "AND pid = pg_catalog.pg_backend_pid() AND granted)")
          .boolean(0, 0);
  if (!held)
    throw Error(postgres::errors::locked, "the lock of this run is gone: its session was reset",
                "connect to the server itself, not through a pooler, and run this again");
}

std::vector<const hooks::Hook*> Run::hooks_of(hooks::Phase phase, std::size_t index) const {
  hooks::Event event;
  event.phase = phase;
  event.direction = to_string(plan_.direction);
  const std::string key = plan_.steps[index].migration->key();
  event.migration_key = key;
  event.migration = &nodes_->migration(index);
  event.plan = &nodes_->plan();
  return hooks_.find(event);
}

void Run::execute(std::size_t index) {
  const Step& step = plan_.steps[index];
  setting_.cancellation.check();
  guard(&step, [&] {
    check_lock();
    check_preconditions(step, connection_, setting_.environment);
    Ledger ledger(side_);
    if (done_.empty() && !ledger.exists()) ledger.create();
    const Execution execution{
        connection_,      side_, hooks_, setting_.environment, setting_.cancellation,
        setting_.message, plan_, *nodes_};
    fire_hooks(execution, index, Moment::before, hooks::Part::outside, false);
    const double duration = step.header.transactional ? run_in_transaction(execution, index)
                                                      : run_stepwise(execution, index);
    done_.push_back({step.migration->version, step.migration->name, duration});
    executed_ms_ += duration;
    fire_hooks(execution, index, Moment::after, hooks::Part::outside, false,
               std::chrono::microseconds(static_cast<std::int64_t>(duration * 1000)));
    // What the file has set in its session stays with the file.
    connection_.execute("DISCARD ALL");
    if (!check_interval_.empty())
      connection_.execute("SET client_connection_check_interval = " +
                          postgres::quote_literal(check_interval_));
  });
}

void Run::complete() {
  if (done_.empty()) return;
  const bool up = plan_.direction == Direction::up;
  guard(nullptr, [&] {
    try {
      fire(CONFITURE_PHASE_POST_COMPLETE, up ? "applied" : "rolled_back");
    } catch (const Error& error) {
      const std::string stays = fmt::format("every migration of this run is {} and stays so",
                                            up ? "applied" : "rolled back");
      throw Error(error.code(), error.message(),
                  error.hint().empty() ? stays : error.hint() + "; " + stays, error.place());
    }
  });
}

void Run::fire(hooks::Phase phase, std::string_view status, std::string_view error,
               const Step* step) {
  hooks::Event event;
  event.phase = phase;
  event.dry_run = setting_.dry_run;
  event.status = status;
  event.direction = to_string(plan_.direction);
  event.error = error;
  event.duration = std::chrono::microseconds(static_cast<std::int64_t>(executed_ms_ * 1000));
  std::string key;
  if (nodes_) event.plan = &nodes_->plan();
  if (step != nullptr) {
    key = step->migration->key();
    event.migration = &nodes_->migration(static_cast<std::size_t>(step - plan_.steps.data()));
    event.migration_key = key;
  }
  const bool lost = connection_.transaction_state() == postgres::TransactionState::unknown;
  hooks_.fire(event, lost ? nullptr : &connection_);
}

void Run::guard(const Step* step, const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    if (setting_.cancellation.requested()) {
      if (error.code().exit == Exit::interrupted) throw;
      throw Error(host::errors::interrupted, "interrupted: " + error.message(), error.hint());
    }
    fire(CONFITURE_PHASE_ON_ERROR, "error", error.message(), step);
    throw;
  }
}

}  // namespace host::migrations
