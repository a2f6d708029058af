// SPDX-License-Identifier: MIT
// A migration without a transaction, statement by statement. A statement that can runs in a
// transaction of its own, together with its journal row, and so is never in doubt. Of the others
// the journal knows that they were started; after a crash the catalog says what became of them.
#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/errors.hpp"
#include "host/foundation/hash.hpp"
#include "host/foundation/time.hpp"
#include "host/migrations/errors.hpp"
#include "host/migrations/execution.hpp"
#include "host/migrations/journal.hpp"
#include "host/migrations/ledger.hpp"
#include "host/migrations/probe.hpp"
#include "host/postgres/errors.hpp"
#include "host/postgres/transaction.hpp"

namespace host::migrations {
namespace {

class Stepwise {
 public:
  Stepwise(const Execution& run, std::size_t index)
      : run_(run),
        step_(run.step(index)),
        key_(step_.migration->key()),
        journal_(run.side, step_.migration->version, run.plan.direction) {}

  void statements() {
    const std::size_t count = step_.script.statements().size();
    const std::vector<JournalEntry> entries = journal_.read();
    done_ = 0;
    for (const JournalEntry& entry : entries) check_unchanged(entry);
    if (!entries.empty() && run_.message)
      run_.message(fmt::format("migration '{}' goes on where it stopped", key_));
    for (std::size_t number = 1; number <= count; ++number) {
      const auto entry =
          std::find_if(entries.begin(), entries.end(),
                       [&](const JournalEntry& each) { return each.statement == number; });
      const bool over = entry != entries.end() && (entry->done || settle(*entry));
      if (!over) with_retries(run_, step_, [&] { run_one(number); });
      done_ = number;
    }
  }

  void finish(double duration) {
    postgres::Transaction transaction(run_.side);
    Ledger ledger(run_.side);
    if (run_.up()) {
      ledger.record(*step_.migration, duration);
    } else {
      ledger.erase(step_.migration->version);
    }
    journal_.clear();
    transaction.commit();
  }

  std::string progress() const {
    return fmt::format("{} of {} statements are done and stay so", done_,
                       step_.script.statements().size());
  }

 private:
  const sql::Statement& statement(std::size_t number) const {
    return step_.script.statements()[number - 1];
  }
  std::string sha256(std::size_t number) const { return sha256_hex(statement(number).text); }

  void check_unchanged(const JournalEntry& entry) const {
    if (!entry.done) return;
    const bool there = entry.statement <= step_.script.statements().size();
    if (there && sha256(entry.statement) == entry.sha256) return;
    throw Error(
        errors::edited,
        fmt::format("statement {} of migration '{}' was edited after it had run", entry.statement,
                    key_),
        "restore it: only statements that have not run may change",
        there ? statement(entry.statement).place : Place{step_.script.source().name(), 0, 0});
  }

  // A statement that was started by a run that is gone: true when the catalog shows it done.
  bool settle(const JournalEntry& entry) {
    const std::size_t number = entry.statement;
    if (entry.backend_alive)
      throw Error(errors::still_running,
                  fmt::format("statement {} of migration '{}' is still running in backend {}, from "
                              "a run that was cut off",
                              number, key_, entry.backend_pid),
                  fmt::format("wait for it, or stop it with SELECT pg_cancel_backend({})",
                              entry.backend_pid),
                  statement(number).place);
    const Finding found = probe(statement(number), run_.connection);
    if (found.state == Finding::State::unknown) refuse_unknown(number);
    if (run_.message)
      run_.message(fmt::format("migration '{}', statement {}: {}", key_, number, found.what));
    if (found.state == Finding::State::done) {
      journal_.finish(number);
      return true;
    }
    if (!found.repair.empty()) run_.connection.execute(found.repair);
    return false;
  }

  [[noreturn]] void refuse_unknown(std::size_t number) const {
    const std::string row = fmt::format(
        "confiture.run_step WHERE version = '{}' AND direction = '{}' AND statement = {}",
        step_.migration->version.number(), to_string(run_.plan.direction), number);
    throw Error(errors::unfinished,
                fmt::format("statement {} ({}) of migration '{}' was started, and whether it took "
                            "effect is not known",
                            number, statement(number).tag, key_),
                fmt::format("look at the database. To run it again: DELETE FROM {}. If it is done: "
                            "UPDATE confiture.run_step SET state = 'done' {}",
                            row, row.substr(row.find("WHERE"))),
                statement(number).place);
  }

  // Procedures may commit by themselves, which a transaction around them would forbid.
  bool needs_no_transaction(const sql::Statement& one) const {
    return one.outside_transaction || one.tag == "CALL" || one.tag == "DO";
  }

  void run_one(std::size_t number) {
    if (needs_no_transaction(statement(number))) {
      run_alone(number);
      return;
    }
    postgres::Transaction transaction(run_.connection);
    run_statement(run_, step_, number);
    journal_.note_done(run_.connection, number, sha256(number));
    transaction.commit();
  }

  void run_alone(std::size_t number) {
    run_.cancellation.check();
    journal_.start(number, sha256(number), run_.connection.backend_pid());
    try {
      run_.connection.execute(statement(number).text);
    } catch (const postgres::SqlError& error) {
      clean_up(number);
      run_.cancellation.check();
      throw StatementError(step_, number, error);
    }
    check_index(number);
    journal_.finish(number);
  }

  // It failed: an index that it left half-made goes. What cannot be told stays in the journal.
  void clean_up(std::size_t number) {
    if (!statement(number).outside_transaction) return;
    const Finding found = probe(statement(number), run_.connection);
    if (!found.repair.empty()) run_.connection.execute(found.repair);
    journal_.forget(number);
  }

  // IF NOT EXISTS takes an invalid index for one that is there.
  void check_index(std::size_t number) {
    const Finding found = probe(statement(number), run_.connection);
    if (found.repair.empty()) return;
    run_.connection.execute(found.repair);
    run_.connection.execute(statement(number).text);
  }

  const Execution& run_;
  const Step& step_;
  std::string key_;
  Journal journal_;
  std::size_t done_ = 0;
};

}  // namespace

double run_stepwise(const Execution& run, std::size_t index) {
  const auto start = std::chrono::steady_clock::now();
  Stepwise stepwise(run, index);
  const std::string key = run.step(index).migration->key();
  try {
    run.connection.execute(fmt::format("SET lock_timeout = {}; SET statement_timeout = {}",
                                       run.environment.lock_timeout.count(),
                                       run.environment.statement_timeout.count()));
    fire_hooks(run, index, Moment::before, hooks::Part::inside, false);
    stepwise.statements();
    fire_hooks(run, index, Moment::after, hooks::Part::inside, false,
               std::chrono::duration_cast<std::chrono::microseconds>(
                   std::chrono::steady_clock::now() - start));
    const double duration = elapsed_ms(start);
    stepwise.finish(duration);
    return duration;
  } catch (const Error& error) {
    const std::string again = fmt::format("{}; confiture migrate {} goes on there",
                                          stepwise.progress(), to_string(run.plan.direction));
    if (run.cancellation.requested())
      throw Error(host::errors::interrupted,
                  fmt::format("interrupted in migration '{}', which has no transaction", key),
                  again);
    if (error.code().id == postgres::errors::connection_lost.id)
      throw Error(errors::connection_lost,
                  fmt::format("migration '{}' was cut off: {}", key, error.message()), again);
    if (error.code().id == errors::failed.id)
      throw Error(error.code(), error.message(),
                  error.hint().empty() ? again : error.hint() + "; " + again, error.place());
    throw;
  }
}

}  // namespace host::migrations
