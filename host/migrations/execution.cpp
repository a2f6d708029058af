// SPDX-License-Identifier: MIT
#include "host/migrations/execution.hpp"

#include <confiture/action.h>
#include <fmt/format.h>

#include <condition_variable>
#include <mutex>
#include <random>

#include "host/foundation/time.hpp"
#include "host/migrations/errors.hpp"

namespace host::migrations {
namespace {

constexpr int most_attempts = 5;
constexpr std::chrono::milliseconds first_pause(500);

const sql::Statement& statement_at(const Step& step, std::size_t number) {
  return step.script.statements()[number - 1];
}

std::string describe(const Step& step, std::size_t number, const postgres::SqlError& error) {
  const std::string tag(statement_at(step, number).tag);
  return fmt::format("migration '{}', statement {} ({}): {} (SQLSTATE {})", step.migration->key(),
                     number, tag, error.message(), error.sqlstate());
}

// From a place in the statement's own text to one in the file.
Place place_in_file(const Step& step, std::size_t number, const postgres::SqlError& error) {
  const sql::Statement& statement = statement_at(step, number);
  if (error.line() == 0) return statement.place;
  return step.script.source().place(statement.offset, error.line(), error.column());
}

// Waits unless the user asks to stop, which it throws.
void pause(std::chrono::milliseconds length, const Cancellation& cancellation) {
  std::mutex mutex;
  std::condition_variable woken;
  const Cancellation::Subscription subscription(cancellation, [&] {
    const std::lock_guard lock(mutex);
    woken.notify_all();
  });
  std::unique_lock lock(mutex);
  woken.wait_for(lock, length, [&] { return cancellation.requested(); });
  lock.unlock();
  cancellation.check();
}

std::chrono::milliseconds jittered(std::chrono::milliseconds length) {
  static std::minstd_rand random(std::random_device{}());
  std::uniform_real_distribution<double> share(0.75, 1.25);
  return std::chrono::milliseconds(
      static_cast<std::int64_t>(static_cast<double>(length.count()) * share(random)));
}

}  // namespace

StatementError::StatementError(const Step& step, std::size_t number,
                               const postgres::SqlError& error)
    : Error(errors::failed, describe(step, number, error), error.hint(),
            place_in_file(step, number, error)),
      sqlstate_(error.sqlstate()) {}

void run_statement(const Execution& run, const Step& step, std::size_t number) {
  run.cancellation.check();
  try {
    run.connection.execute(statement_at(step, number).text);
  } catch (const postgres::SqlError& error) {
    run.cancellation.check();
    throw StatementError(step, number, error);
  }
}

void fire_hooks(const Execution& run, std::size_t index, Moment moment, hooks::Part part,
                bool in_transaction, std::chrono::microseconds duration) {
  const bool before = moment == Moment::before;
  hooks::Event event;
  event.phase = run.up() ? (before ? CONFITURE_PHASE_PRE_EXECUTE : CONFITURE_PHASE_POST_EXECUTE)
                         : (before ? CONFITURE_PHASE_PRE_ROLLBACK : CONFITURE_PHASE_POST_ROLLBACK);
  event.part = part;
  event.in_transaction = in_transaction;
  event.status = run.up() ? (before ? "pending" : "applied") : (before ? "applied" : "rolled_back");
  event.direction = to_string(run.plan.direction);
  event.duration = duration;
  event.migration = &run.nodes.migration(index);
  event.plan = &run.nodes.plan();
  const std::string key = run.step(index).migration->key();
  event.migration_key = key;
  run.hooks.fire(event, &run.connection);
}

void with_retries(const Execution& run, const Step& step, const std::function<void()>& attempt) {
  std::chrono::milliseconds length = first_pause;
  for (int number = 1;; ++number) {
    try {
      return attempt();
    } catch (const StatementError& error) {
      const bool lock_missing = error.sqlstate() == "55P03" || error.sqlstate() == "40P01";
      if (!lock_missing || number == most_attempts) throw;
      const std::chrono::milliseconds wait = jittered(length);
      if (run.message)
        run.message(fmt::format("migration '{}': {}; attempt {} of {} follows in {} ms",
                                step.migration->key(),
                                error.sqlstate() == "55P03" ? "a lock was not to be had in time"
                                                            : "a deadlock was broken up",
                                number + 1, most_attempts, wait.count()));
      pause(wait, run.cancellation);
      length *= 2;
    }
  }
}

}  // namespace host::migrations
