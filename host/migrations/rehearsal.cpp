// SPDX-License-Identifier: MIT
#include "host/migrations/rehearsal.hpp"

#include <fmt/format.h>

#include "host/foundation/time.hpp"
#include "host/migrations/borrowed_role.hpp"
#include "host/migrations/verification.hpp"
#include "host/postgres/transaction.hpp"

namespace host::migrations {
namespace {

class Rehearser {
 public:
  explicit Rehearser(const Execution& run)
      : run_(run), transaction_(run.connection, begin_sql(run)), observer_(run.connection) {
    for (const Step& step : run.plan.steps)
      rehearsal_.steps.emplace_back(step.script.statements().size());
  }

  Rehearsal everything() {
    for (std::size_t index = 0; index < run_.plan.steps.size() && stopped_.empty(); ++index)
      run_step(index);
    for (auto& trials : rehearsal_.steps)
      for (Trial& trial : trials)
        if (!trial.executed && trial.why.empty()) trial.why = stopped_;
    transaction_.rollback();
    return std::move(rehearsal_);
  }

 private:
  void run_step(std::size_t index) {
    const Step& step = run_.step(index);
    if (index > 0) forget_settings();
    fire_hooks(run_, index, Moment::before, hooks::Part::inside, true);
    const std::size_t count = step.script.statements().size();
    BorrowedRole role(run_.connection, run_.role);
    for (std::size_t number = 1; number <= count && stopped_.empty(); ++number)
      run_one(step, number, rehearsal_.steps[index][number - 1]);
    if (!stopped_.empty()) return;
    role.give_back();
    fire_hooks(run_, index, Moment::after, hooks::Part::inside, true);
    if (step.verification && !left_out_) verify_inside(run_.connection, step);
  }

  void run_one(const Step& step, std::size_t number, Trial& trial) {
    const sql::Statement& statement = step.script.statements()[number - 1];
    if (statement.outside_transaction) {
      trial.why = statement.no_transaction_reason + " cannot run in a transaction";
      left_out_ = true;
      return;
    }
    const auto start = std::chrono::steady_clock::now();
    try {
      run_statement(run_, step, number);
    } catch (const StatementError& error) {
      trial.why = explain(step, error);
      if (trial.why.empty()) throw;
      stopped_ = fmt::format("{} of migration '{}' could not be tried",
                             name_statement(statement, number), step.migration->key());
      return;
    }
    trial.executed = true;
    trial.duration_ms = elapsed_ms(start);
    trial.observation = observer_.look();
  }

  // Why a failure says nothing about the plan; empty: it is a failure of the plan.
  std::string explain(const Step& step, const StatementError& error) const {
    if (error.sqlstate() == "55P04" && &step != run_.plan.steps.data())
      return "a new value of an enumeration cannot be used before a commit";
    if (!step.header.transactional && error.sqlstate() == "2D000") return "it commits by itself";
    if (!step.header.transactional && error.sqlstate() == "25001")
      return "it cannot run in a transaction";
    if (left_out_)
      return "it failed, perhaps for want of a statement that was left out: " + error.message();
    return {};
  }

  // What a file sets does not last beyond it.
  void forget_settings() {
    const std::string begin = begin_sql(run_);
    run_.connection.execute("RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL" +
                            begin.substr(begin.find(';')));
  }

  const Execution& run_;
  postgres::Transaction transaction_;
  Observer observer_;
  Rehearsal rehearsal_;
  bool left_out_ = false;
  std::string stopped_;  // why nothing more is tried
};

}  // namespace

std::size_t Rehearsal::not_executed() const {
  std::size_t count = 0;
  for (const auto& trials : steps)
    for (const Trial& trial : trials) count += trial.executed ? 0 : 1;
  return count;
}

Rehearsal rehearse(const Execution& run) {
  return Rehearser(run).everything();
}

}  // namespace host::migrations
