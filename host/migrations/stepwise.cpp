// SPDX-License-Identifier: MIT
// A migration without a transaction, statement by statement. A statement that can runs in a
// transaction of its own, together with its journal row, and so is never in doubt. Of the others
// the journal knows that they were started; after a crash the catalog says what became of them.
#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/errors.hpp"
#include "host/foundation/hash.hpp"
#include "host/foundation/time.hpp"
#include "host/migrations/audit_events.hpp"
#include "host/migrations/borrowed_role.hpp"
#include "host/migrations/errors.hpp"
#include "host/migrations/execution.hpp"
#include "host/migrations/journal.hpp"
#include "host/migrations/ledger.hpp"
#include "host/migrations/probe.hpp"
#include "host/migrations/retry.hpp"
#include "host/migrations/verification.hpp"
#include "host/postgres/errors.hpp"
#include "host/postgres/transaction.hpp"
#include "host/sql/tree.hpp"

namespace host::migrations {
namespace {

namespace tree = sql::tree;

// SET, and SELECT set_config(...): what lives in the session.
bool sets_session(const sql::Statement& statement) {
  if (statement.tree == nullptr) return false;
  if (tree::type(*statement.tree) == "VariableSetStmt") return true;
  const tree::Object& select = tree::body(*statement.tree, "SelectStmt");
  const tree::Array& targets = tree::array(select, "targetList");
  return !targets.empty() && std::all_of(targets.begin(), targets.end(), [](const auto& target) {
    const tree::Value* value = tree::find(tree::body(target, "ResTarget"), "val");
    if (value == nullptr) return false;
    const tree::Array& name = tree::array(tree::body(*value, "FuncCall"), "funcname");
    return !name.empty() && tree::string_value(name.back()) == "set_config";
  });
}

class Stepwise {
 public:
  Stepwise(const Execution& run, std::size_t index)
      : run_(run),
        index_(index),
        step_(run.step(index)),
        key_(step_.migration->key()),
        journal_(run.side, step_.migration->version, run.plan.direction, run.run) {}

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
      if (!over) {
        with_retries(run_, step_, [&] { run_one(number); });
      } else if (sets_session(statement(number))) {
        // What it has set went with the session.
        const BorrowedRole role(run_.connection, run_.role);
        run_statement(run_, step_, number);
      }
      done_ = number;
    }
  }

  void finish(double duration) {
    postgres::Transaction transaction(run_.side);
    std::string entries;
    if (run_.permit.use) entries = run_.permit.use(run_.side, run_.run, index_);
    if (!entries.empty()) entries += "; ";
    entries += done_entry(run_, index_, duration);
    journal_.clear();
    Ledger ledger(run_.side);
    if (run_.up()) {
      ledger.record(*step_.migration, duration, {run_.run, step_.note, entries});
    } else {
      ledger.take_back(*step_.migration, duration, {run_.run, step_.note, entries});
    }
    transaction.commit();
  }

  // What is done, and how to go on.
  std::string progress() const {
    const std::string done = fmt::format("{} of {} statements are done and stay so", done_,
                                         step_.script.statements().size());
    if (!in_doubt_)
      return fmt::format("{}; confiture migrate {} goes on there", done,
                         to_string(run_.plan.direction));
    return fmt::format(
        "{}; of the next one it is not known: confiture migrate resume with "
        "--mark-done, --retry or --abandon",
        done);
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

  // A statement that was started by a run that is gone: true when it need not run.
  bool settle(const JournalEntry& entry) {
    const std::size_t number = entry.statement;
    if (entry.backend_alive) await_end(entry);
    Finding found = probe(statement(number), run_.connection);
    // It was so before: then it shows nothing, and running it again tells.
    if (found.state == Finding::State::done && entry.done_before)
      found.state = Finding::State::not_done;
    // An index that came with it says that it is not done, even where its name is not known.
    if (drop_leftovers(found, entry.indexes_before) && found.state == Finding::State::unknown)
      found.state = Finding::State::not_done;
    if (found.state == Finding::State::unknown && found.valid_indexes)
      find_unnamed(found, entry.indexes_before);
    if (found.state == Finding::State::unknown) return decide(number);
    if (run_.message && !found.what.empty())
      run_.message(fmt::format("migration '{}', statement {}: {}", key_, number, found.what));
    if (found.state != Finding::State::done) return false;
    journal_.finish(number);
    tell(run_.side, "step.done", number, found.what);
    return true;
  }

  // An index whose name the server chose is the one that was not there before.
  static void find_unnamed(Finding& found, const std::vector<std::string>& before) {
    std::vector<std::string> made;
    for (const std::string& index : *found.valid_indexes)
      if (std::find(before.begin(), before.end(), index) == before.end()) made.push_back(index);
    if (made.size() > 1) return;  // somebody else has made one, too
    found.state = made.empty() ? Finding::State::not_done : Finding::State::done;
    found.what = made.empty() ? "no index was made"
                              : fmt::format("index {} is there and valid", made.front());
  }

  void await_end(const JournalEntry& entry) {
    const std::size_t number = entry.statement;
    const std::string running = fmt::format(
        "statement {} of migration '{}' is still running in backend {}, from a run "
        "that was cut off",
        number, key_, entry.backend_pid);
    if (run_.message)
      run_.message(running + (run_.recovery.take_over ? "; ending it" : "; waiting for it"));
    if (run_.recovery.take_over) journal_.terminate_backend(number);
    const auto limit = std::chrono::steady_clock::now() + run_.recovery.patience;
    for (;;) {
      const std::vector<JournalEntry> entries = journal_.read();
      if (std::none_of(entries.begin(), entries.end(), [&](const JournalEntry& each) {
            return each.statement == number && each.backend_alive;
          }))
        return;
      if (std::chrono::steady_clock::now() > limit)
        throw Error(errors::still_running, running,
                    "wait for it, or end it: confiture migrate resume --take-over",
                    statement(number).place);
      pause(std::chrono::milliseconds(200), run_.cancellation);
    }
  }

  // What a person said about a statement of which the catalog tells nothing.
  bool decide(std::size_t number) {
    switch (run_.recovery.doubt) {
      case Doubt::mark_done:
        journal_.finish(number);
        tell(run_.side, "step.done", number, "taken as done: --mark-done");
        return true;
      case Doubt::retry:
        return false;
      case Doubt::ask:
        break;
    }
    throw Error(errors::unfinished,
                fmt::format("{} of migration '{}' was started, and whether it took effect is not "
                            "known",
                            name_statement(statement(number), number), key_),
                "look at the database; then confiture migrate resume --mark-done if it did, "
                "--retry to run it again, --abandon to give the migration up",
                statement(number).place);
  }

  // Drops the invalid indexes that were not there before; false when there are none.
  bool drop_leftovers(const Finding& found, const std::vector<std::string>& before) {
    bool dropped = false;
    for (const std::string& index : found.leftovers) {
      if (std::find(before.begin(), before.end(), index) != before.end()) continue;
      run_.connection.execute("DROP INDEX CONCURRENTLY IF EXISTS " + index);
      if (run_.message)
        run_.message(fmt::format("migration '{}': dropped the invalid index {}", key_, index));
      dropped = true;
    }
    return dropped;
  }

  void run_one(std::size_t number) {
    check_lock(run_);
    if (statement(number).outside_transaction) {
      run_alone(number);
      return;
    }
    try {
      postgres::Transaction transaction(run_.connection);
      BorrowedRole role(run_.connection, run_.role);
      run_statement(run_, step_, number);
      role.give_back();
      journal_.note_done(run_.connection, number, sha256(number));
      tell(run_.connection, "step.done", number);
      transaction.commit();
    } catch (const StatementError& error) {
      // A procedure that commits by itself, or a statement that nobody knew to be like that.
      constexpr std::string_view active_transaction = "25001", invalid_termination = "2D000";
      if (error.sqlstate() != active_transaction && error.sqlstate() != invalid_termination) throw;
      run_alone(number);
    }
  }

  void run_alone(std::size_t number) {
    run_.cancellation.check();
    const Finding before = probe(statement(number), run_.connection);
    journal_.start(number, sha256(number), run_.connection.backend_pid(), before);
    try {
      const BorrowedRole role(run_.connection, run_.role);
      execute_watched(run_, before.state == Finding::State::half_done
                                ? std::string_view(before.completion)
                                : statement(number).text);
      if (may_hide_invalid_index(statement(number))) make_valid(number);
    } catch (const postgres::SqlError& error) {
      clean_up(number, before);
      run_.cancellation.check();
      throw StatementError(step_, number, error);
    }
    journal_.finish(number);
    tell(run_.side, "step.done", number);
  }

  void tell(postgres::Connection& connection, std::string_view event, std::size_t number,
            const std::string& how = {}) const {
    boost::json::object facts = migration_facts(step_, run_.plan.direction);
    facts["statement"] = number;
    facts["kind"] = statement(number).tag;
    facts["statement_sha256"] = sha256(number);
    if (!how.empty()) facts["how"] = how;
    run_.trail.append(connection, event, facts);
  }

  // It failed: an index that it left half-made goes. What cannot be told stays in the journal, for
  // the next run to look at.
  void clean_up(std::size_t number, const Finding& before) {
    in_doubt_ = !statement(number).outside_transaction;
    if (in_doubt_) return;
    try {
      drop_leftovers(probe(statement(number), run_.connection), before.leftovers);
    } catch (const postgres::SqlError&) {
      return;
    }
    journal_.forget(number);
  }

  // IF NOT EXISTS takes an invalid index for one that is there.
  void make_valid(std::size_t number) {
    const Finding found = probe(statement(number), run_.connection);
    if (drop_leftovers(found, {})) execute_watched(run_, statement(number).text);
  }

  const Execution& run_;
  std::size_t index_;
  const Step& step_;
  std::string key_;
  Journal journal_;
  std::size_t done_ = 0;
  bool in_doubt_ = false;  // the statement that failed may have taken effect
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
    if (run.permit.check) run.permit.check(run.connection, run.run);
    fire_hooks(run, index, Moment::before, hooks::Part::inside, false);
    stepwise.statements();
    fire_hooks(run, index, Moment::after, hooks::Part::inside, false,
               std::chrono::duration_cast<std::chrono::microseconds>(
                   std::chrono::steady_clock::now() - start));
    if (run.step(index).verification)
      verify(run.connection, *run.step(index).migration, *run.step(index).verification,
             run.environment);
    const double duration = elapsed_ms(start);
    stepwise.finish(duration);
    return duration;
  } catch (const Error& error) {
    const std::string again = stepwise.progress();
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
