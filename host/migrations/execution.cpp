// SPDX-License-Identifier: MIT
#include "host/migrations/execution.hpp"

#include <confiture/action.h>
#include <fmt/format.h>

#include "host/migrations/errors.hpp"
#include "host/postgres/errors.hpp"

namespace host::migrations {
namespace {

const sql::Statement& statement_at(const Step& step, std::size_t number) {
  return step.script.statements()[number - 1];
}

std::string describe(const Step& step, std::size_t number, const postgres::SqlError& error) {
  return fmt::format("migration '{}', {}: {} (SQLSTATE {})", step.migration->key(),
                     name_statement(statement_at(step, number), number), error.message(),
                     error.sqlstate());
}

// From a place in the statement's own text to one in the file.
Place place_in_file(const Step& step, std::size_t number, const postgres::SqlError& error) {
  const sql::Statement& statement = statement_at(step, number);
  if (error.line() == 0) return statement.place;
  return step.script.source().place(statement.offset, error.line(), error.column());
}

std::string hint_for(const Step& step, const postgres::SqlError& error) {
  constexpr std::string_view invalid_transaction_termination = "2D000", query_canceled = "57014",
                             active_transaction = "25001";
  if (error.sqlstate() == query_canceled)
    return "the environment's 'statement_timeout' was over, or somebody has cancelled it";
  if (step.header.transactional && error.sqlstate() == invalid_transaction_termination)
    return "it ends the transaction that it runs in: write '-- transaction: off' at the top of the "
           "file";
  // Statements of which only the server knows: DROP SUBSCRIPTION has to reach the publisher.
  if (step.header.transactional && error.sqlstate() == active_transaction)
    return "put it in a migration of its own, with '-- transaction: off' at the top of the file";
  return error.hint();
}

}  // namespace

std::string name_statement(const sql::Statement& statement, std::size_t number) {
  return statement.tag.empty() ? fmt::format("statement {}", number)
                               : fmt::format("statement {} ({})", number, statement.tag);
}

StatementError::StatementError(const Step& step, std::size_t number,
                               const postgres::SqlError& error)
    : Error(errors::failed, describe(step, number, error), hint_for(step, error),
            place_in_file(step, number, error)),
      sqlstate_(error.sqlstate()) {}

void check_lock(const Execution& run) {
  if (run.lock.held()) return;
  throw Error(postgres::errors::locked, "the lock of this run is gone: its session was reset",
              "connect to the server itself, not through a pooler, and run this again");
}

void execute_watched(const Execution& run, std::string_view sql) {
  const LockWatch::Look look(run.watch);
  run.connection.execute(sql);
}

void run_statement(const Execution& run, const Step& step, std::size_t number) {
  run.cancellation.check();
  try {
    execute_watched(run, statement_at(step, number).text);
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

}  // namespace host::migrations
