// SPDX-License-Identifier: MIT
// One migration, one transaction: statements, hooks and ledger row commit together or not at all.
#include <fmt/format.h>

#include "host/foundation/errors.hpp"
#include "host/foundation/time.hpp"
#include "host/migrations/audit_events.hpp"
#include "host/migrations/borrowed_role.hpp"
#include "host/migrations/errors.hpp"
#include "host/migrations/execution.hpp"
#include "host/migrations/ledger.hpp"
#include "host/migrations/probe.hpp"
#include "host/migrations/retry.hpp"
#include "host/migrations/verification.hpp"
#include "host/postgres/errors.hpp"
#include "host/postgres/transaction.hpp"

namespace host::migrations {
namespace {

void commit(const Execution& run, postgres::Transaction& transaction, const std::string& key) {
  run.cancellation.check();
  try {
    transaction.commit();
  } catch (const postgres::SqlError& error) {
    throw Error(errors::failed,
                fmt::format("migration '{}' could not be committed: {} (SQLSTATE {})", key,
                            error.message(), error.sqlstate()),
                error.hint());
  } catch (const Error& error) {
    throw Error(errors::connection_lost,
                fmt::format("whether migration '{}' is {} is not known: {}", key,
                            run.up() ? "applied" : "rolled back", error.message()),
                "confiture migrate status says which, once the server is back");
  }
}

// What a statement may have done without an error: ended the transaction, though no way is known,
// or taken an invalid index for a good one.
void check_statement(const Execution& run, const Step& step, std::size_t number) {
  const sql::Statement& statement = step.script.statements()[number - 1];
  const std::string& key = step.migration->key();
  if (run.connection.transaction_state() != postgres::TransactionState::in_transaction)
    throw Error(errors::failed,
                fmt::format("statement {} of migration '{}' ended the transaction; what it and "
                            "those before it did may be there",
                            number, key),
                "look at the database, and write '-- transaction: off' at the top of the file",
                statement.place);
  if (!may_hide_invalid_index(statement)) return;
  const Finding found = probe(statement, run.connection);
  if (found.state == Finding::State::done) return;
  throw Error(
      errors::invalid_index,
      fmt::format("statement {} of migration '{}' made no index: {}, and IF NOT EXISTS "
                  "leaves it so",
                  number, key, found.what),
      found.leftovers.empty()
          ? "run this again once it is built"
          : fmt::format("DROP INDEX CONCURRENTLY {}; then run this again", found.leftovers.front()),
      statement.place);
}

double run_once(const Execution& run, std::size_t index) {
  const Step& step = run.step(index);
  const auto start = std::chrono::steady_clock::now();
  check_lock(run);
  postgres::Transaction transaction(run.connection, begin_sql(run));
  if (run.permit.check) run.permit.check(run.connection, run.run);
  std::string entries;
  if (run.permit.use) entries = run.permit.use(run.connection, run.run, index);
  fire_hooks(run, index, Moment::before, hooks::Part::inside, true);
  BorrowedRole role(run.connection, run.role);
  for (std::size_t number = 1; number <= step.script.statements().size(); ++number) {
    run_statement(run, step, number);
    check_statement(run, step, number);
  }
  role.give_back();
  const auto taken = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);
  fire_hooks(run, index, Moment::after, hooks::Part::inside, true, taken);
  if (step.verification) verify_inside(run.connection, step);
  const double duration = elapsed_ms(start);
  // Last of all: who else has something for the audit waits until this is committed.
  if (!entries.empty()) entries += "; ";
  entries += done_entry(run, index, duration);
  Ledger ledger(run.connection);
  if (run.up()) {
    ledger.record(*step.migration, duration, {run.run, step.note, entries});
  } else {
    ledger.take_back(*step.migration, duration, {run.run, step.note, entries});
  }
  commit(run, transaction, step.migration->key());
  return duration;
}

}  // namespace

// Limits that keep a migration from standing in everybody's way. An idle
// transaction is one whose client hangs; hooks get the time that they were given.
std::string begin_sql(const Execution& run) {
  return fmt::format(
      "BEGIN; SET LOCAL lock_timeout = {}; SET LOCAL statement_timeout = {}; "
      "SET LOCAL idle_in_transaction_session_timeout = {}",
      run.environment.lock_timeout.count(), run.environment.statement_timeout.count(),
      60'000 + run.hooks.longest_timeout().count());
}

double run_in_transaction(const Execution& run, std::size_t index) {
  const Step& step = run.step(index);
  double duration = 0;
  try {
    with_retries(run, step, [&] { duration = run_once(run, index); });
  } catch (const Error& error) {
    const std::string& key = step.migration->key();
    if (run.cancellation.requested())
      throw Error(host::errors::interrupted,
                  fmt::format("interrupted: migration '{}' was rolled back", key));
    if (error.code().id == postgres::errors::connection_lost.id)
      throw Error(errors::connection_lost,
                  fmt::format("migration '{}' was not {}: {}", key,
                              run.up() ? "applied" : "rolled back", error.message()),
                  error.hint());
    if (error.code().id == postgres::errors::sql.id)  // of no statement, check or hook
      throw Error(errors::failed,
                  fmt::format("migration '{}' was not {}: confiture's own tables could not be read "
                              "or written: {}",
                              key, run.up() ? "applied" : "rolled back", error.message()),
                  "a migration leaves the schema confiture alone",
                  Place{(run.up() ? step.migration->up : *step.migration->down).shown_as, 0, 0});
    throw;
  }
  return duration;
}

}  // namespace host::migrations
