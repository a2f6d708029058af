// SPDX-License-Identifier: MIT
// How one migration runs: in one transaction with its hooks and its ledger row, or, for a file with
// `-- transaction: off`, statement by statement with a journal.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "host/audit/trail.hpp"
#include "host/config/environment.hpp"
#include "host/foundation/cancellation.hpp"
#include "host/hooks/runner.hpp"
#include "host/migrations/lock_watch.hpp"
#include "host/migrations/permit.hpp"
#include "host/migrations/plan.hpp"
#include "host/migrations/plan_nodes.hpp"
#include "host/postgres/advisory_lock.hpp"
#include "host/postgres/connection.hpp"

namespace host::migrations {

class ToldHooks;

// What to do about a statement that was started by a run that was cut off, where the catalog cannot
// tell what became of it.
enum class Doubt {
  ask,        // stop, and say what a person can decide
  mark_done,  // take it as done
  retry,      // run it again
};

struct Recovery {
  Doubt doubt = Doubt::ask;
  bool take_over = false;  // end a session that still runs it, rather than wait for it
  std::chrono::milliseconds patience{10'000};  // with such a session
};

// What the steps of a run share.
struct Execution {
  postgres::Connection& connection;  // the statements run here, and the hooks
  postgres::Connection& side;        // holds the lock; always outside a transaction
  const postgres::AdvisoryLock& lock;
  LockWatch& watch;        // on `side`
  const std::string& run;  // the run's id
  const Recovery& recovery;
  hooks::Runner& hooks;
  const config::Environment& environment;
  const Cancellation& cancellation;
  const std::function<void(std::string_view)>& message;
  const Permit& permit;
  const Plan& plan;
  const PlanNodes& nodes;
  const audit::Trail& trail;
  const ToldHooks& told;
  const std::string& role;  // that the statements run as; empty: the session's own
  // Statements that end the step's transaction, by how long it took: who is told of the end of the
  // run.
  const std::function<std::string(double duration_ms)>& closing;

  const Step& step(std::size_t index) const { return plan.steps[index]; }
  bool up() const { return plan.direction == Direction::up; }
};

// BEGIN and, each after a semicolon, the limits that hold in a migration's transaction.
std::string begin_sql(const Execution& run);

// Both run the step's statements and hooks and write the ledger, and return the milliseconds that
// it took. They throw what a failure is to the user: migration.failed and its kin, hooks.failed,
// run.interrupted.
double run_in_transaction(const Execution& run, std::size_t index);
double run_stepwise(const Execution& run, std::size_t index);

// "statement 2 (CREATE TABLE)", for messages.
std::string name_statement(const sql::Statement& statement, std::size_t number);

// A statement of a migration that the server refused, at its place in the file.
class StatementError : public Error {
 public:
  StatementError(const Step& step, std::size_t number, const postgres::SqlError& error);
  const std::string& sqlstate() const { return sqlstate_; }

 private:
  std::string sqlstate_;
};

// Throws postgres.locked where the lock of the run is gone: before each transaction.
void check_lock(const Execution& run);

// Runs SQL while the watch looks who blocks it.
void execute_watched(const Execution& run, std::string_view sql);

// Runs a statement; `number` counts from 1. Throws StatementError, or what the connection throws.
void run_statement(const Execution& run, const Step& step, std::size_t number);

// The hooks before or after the statements of a step.
enum class Moment { before, after };
void fire_hooks(const Execution& run, std::size_t index, Moment moment, hooks::Part part,
                bool in_transaction, std::chrono::microseconds duration = {});

}  // namespace host::migrations
