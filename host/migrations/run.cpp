// SPDX-License-Identifier: MIT
#include "host/migrations/run.hpp"

#include <confiture/action.h>
#include <fmt/format.h>

#include <algorithm>

#include "host/audit/access.hpp"
#include "host/audit/schema.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/hash.hpp"
#include "host/migrations/borrowed_role.hpp"
#include "host/migrations/errors.hpp"
#include "host/migrations/grammar.hpp"
#include "host/migrations/ledger.hpp"
#include "host/migrations/old_transactions.hpp"
#include "host/migrations/plan_hash.hpp"
#include "host/migrations/precondition.hpp"
#include "host/postgres/quote.hpp"
#include "host/postgres/transaction.hpp"

namespace host::migrations {

namespace {

using std::chrono::milliseconds;

std::chrono::microseconds in_microseconds(double milliseconds_taken) {
  return std::chrono::microseconds(static_cast<std::int64_t>(milliseconds_taken * 1000));
}

// Often enough to see who makes a statement wait before it gives up.
milliseconds watch_interval(const config::Environment& environment) {
  constexpr milliseconds shortest(20), longest(500);
  if (environment.lock_timeout.count() == 0) return longest;
  return std::clamp<milliseconds>(environment.lock_timeout / 4, shortest, longest);
}

// Without the problems of that kind, for whom they are none.
Standing without(Standing standing, const ErrorCode& code, std::string_view file = {}) {
  auto& problems = standing.problems;
  problems.erase(std::remove_if(problems.begin(), problems.end(),
                                [&](const Error& each) {
                                  return each.code().id == code.id &&
                                         (file.empty() || each.place().file == file);
                                }),
                 problems.end());
  return standing;
}

}  // namespace

Run::Run(postgres::Connection& connection, postgres::Connection& side, hooks::Runner& hooks,
         Setting setting)
    : connection_(connection),
      side_(side),
      hooks_(hooks),
      setting_(std::move(setting)),
      record_(setting_.command, setting_.environment.name),
      told_(hooks),
      outbox_(hooks) {}

Run::~Run() {
  record_.finish(side_, Outcome::stopped);
}

void Run::prepare_up(const std::optional<Version>& to) {
  prepare(
      [&](const Directory&, const Standing& standing) {
        return setting_.allow_out_of_order ? plan_up(without(standing, errors::out_of_order), to)
                                           : plan_up(standing, to);
      },
      Direction::up);
}

void Run::prepare_down(const DownTarget& target) {
  prepare(
      [&](const Directory& directory, const Standing& standing) {
        // What is pending does not concern what is taken back.
        return plan_down(directory, without(standing, errors::out_of_order), target);
      },
      Direction::down);
}

void Run::prepare_redo() {
  prepare(
      [&](const Directory& directory, Standing standing) {
        standing = without(std::move(standing), errors::out_of_order);
        if (!standing.applied.empty())
          if (const Migration* last = directory.find(standing.applied.back().version))
            standing = without(std::move(standing), errors::edited, last->up.shown_as);
        return plan_down(directory, standing, {});
      },
      Direction::down);
  completes_ = false;
}

void Run::prepare_only(const Version& version) {
  prepare(
      [&](const Directory&, const Standing& standing) {
        Plan plan = plan_up(without(standing, errors::out_of_order), version);
        const auto others =
            std::remove_if(plan.steps.begin(), plan.steps.end(),
                           [&](const Step& step) { return step.migration->version != version; });
        plan.steps.erase(others, plan.steps.end());
        return plan;
      },
      Direction::up);
}

void Run::prepare_resume() {
  take_lock();
  const std::vector<Unfinished> unfinished = find_unfinished(connection_, directory_);
  if (unfinished.empty()) return;
  if (unfinished.front().direction == Direction::up) {
    prepare_only(unfinished.front().version);
  } else {
    prepare_down({});
  }
}

void Run::prepare(const MakePlan& make, Direction direction) {
  nodes_.reset();
  completes_ = true;
  plan_ = {};
  plan_.direction = direction;
  encoding_.clear();
  hash_.clear();
  take_lock();
  guard(nullptr, [&] {
    fire(CONFITURE_PHASE_PRE_VALIDATE, "pending");
    make_plan(make);
    fire(CONFITURE_PHASE_POST_VALIDATE, "pending");
  });
  if (dry() || !setting_.permit.check || plan_.steps.empty()) return;
  try {
    record_.trail().origin().plan_hash = hash();
    setting_.permit.check(connection_, record_.id());
  } catch (const Error& error) {
    note_failure(nullptr, error);
    throw;
  }
}

void Run::take_lock() {
  if (lock_) return;
  dress_session(side_);
  if (connection_.server_version() >= 140000)
    check_interval_ = connection_.query("SHOW client_connection_check_interval").text(0, 0);
  dress_session(connection_);
  if (dry() && setting_.mode != Setting::Mode::rehearse) {
    connection_.execute("SET default_transaction_read_only = on");
    return;
  }
  postgres::refuse_pooler(connection_);
  postgres::refuse_standby(connection_);
  const postgres::LockReport report{
      [this](const postgres::LockHolder& holder) { return describe_run(side_, holder); },
      setting_.message};
  lock_.emplace(side_, lock_name, setting_.lock_wait, setting_.cancellation, report);
  // A hook may have something for the audit before there is anything to record.
  if (Ledger ledger(side_); !dry() && hooks_.may_write() && !ledger.complete()) ledger.create();
  if (!dry()) open_outbox();
}

// A session that others can tell whose it is, that does not outlive its client by much, and that no
// limit cuts which the database or the role has for other clients: a migration's own come with it,
// and the side session is idle for as long as the other works.
void Run::dress_session(postgres::Connection& connection) {
  std::string sql = "SET application_name = " + postgres::quote_literal(record_.application_name());
  if (!check_interval_.empty())
    sql += "; SET client_connection_check_interval = " + postgres::quote_literal(check_interval_);
  if (connection.server_version() >= 140000) sql += "; SET idle_session_timeout = 0";
  if (connection.server_version() >= 170000) sql += "; SET transaction_timeout = 0";
  connection.execute(sql);
}

void Run::make_plan(const MakePlan& make) {
  directory_ = read_directory(setting_.project, setting_.environment);
  if (const auto notice = directory_.notice(); notice && setting_.message)
    setting_.message(*notice);
  warn(directory_.warnings);
  const Standing standing = compare(directory_, Ledger(connection_).applied());
  plan_ = make(directory_, standing);
  for (const Step& step : plan_.steps) {
    warn(check_grammar(step.script, connection_));
    if (step.verification) warn(check_grammar(*step.verification, connection_));
  }
  check_requirements(plan_, standing, connection_);
  check_unfinished();
  if (setting_.assess)
    for (Step& step : plan_.steps) step.risk = setting_.assess(step);
  nodes_.emplace(plan_);
}

void Run::warn(const std::vector<std::string>& warnings) const {
  if (setting_.warning)
    for (const std::string& warning : warnings) setting_.warning(warning);
}

// A migration that stopped half-way has to be finished, in its direction, before anything else.
void Run::check_unfinished() {
  if (plan_.steps.empty()) return;
  const Version& first = plan_.steps.front().migration->version;
  for (const Unfinished& each : find_unfinished(connection_, directory_))
    if (each.version != first || each.direction != plan_.direction)
      throw Error(
          errors::unfinished,
          fmt::format("migration {} stopped half-way {}", each.text(), to_string(each.direction)),
          "finish it first: confiture migrate resume");
}

const std::string& Run::encoding() {
  if (encoding_.empty())
    encoding_ = encode_plan(plan_, {setting_.environment.name, postgres::identify(connection_),
                                    Ledger(connection_).state(), setting_.environment.variables,
                                    hooks_.canonical(), setting_.policy});
  return encoding_;
}

const std::string& Run::hash() {
  if (hash_.empty()) hash_ = sha256_hex(encoding());
  return hash_;
}

void Run::begin_record() {
  if (!record_.begun())
    if (Ledger ledger(side_); !ledger.complete()) ledger.create();
  audit::with_rights([&] {
    record_.begin(side_, plan_.steps.empty() ? std::string() : hash(), setting_.project.review);
  });
}

Execution Run::execution() {
  if (!watch_)
    watch_.emplace(side_, connection_.backend_pid(), watch_interval(setting_.environment));
  return {connection_,
          side_,
          *lock_,
          *watch_,
          record_.id(),
          setting_.recovery,
          hooks_,
          setting_.environment,
          setting_.cancellation,
          setting_.message,
          setting_.permit,
          plan_,
          *nodes_,
          record_.trail(),
          told_,
          role_,
          closing_};
}

void Run::apply_as(const std::string& role) {
  check_role(connection_, role);
  role_ = role;
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

void Run::execute(std::size_t index, const std::string& note) {
  plan_.steps[index].note = note;
  const Step& step = plan_.steps[index];
  setting_.cancellation.check();
  guard(&step, [&] {
    begin_record();
    told_.begin();
    closing_ = nullptr;
    const bool last = completes_ && index + 1 == plan_.steps.size() && outbox_usable_;
    if (last)
      closing_ = [this](double duration) {
        Occurrence end = occurrence(CONFITURE_PHASE_POST_COMPLETE, outcome_status(), {}, nullptr);
        end.event.duration = in_microseconds(executed_ms_ + duration);
        return outbox_.entries(end.event);
      };
    const Execution run = execution();
    check_preconditions(step, connection_, setting_.environment);
    fire_hooks(run, index, Moment::before, hooks::Part::outside, false);
    show_old_transactions(run, step);
    const double duration =
        step.header.transactional ? run_in_transaction(run, index) : run_stepwise(run, index);
    told_.tell();
    completion_told_ = completion_told_ || last;
    done_.push_back({plan_.direction, step.migration->version, step.migration->name, duration});
    executed_ms_ += duration;
    fire_hooks(run, index, Moment::after, hooks::Part::outside, false, in_microseconds(duration));
    // What the file has set in its session stays with the file.
    connection_.execute("DISCARD ALL");
    dress_session(connection_);
  });
}

Rehearsal Run::rehearse() {
  Rehearsal rehearsal;
  guard(nullptr, [&] { rehearsal = migrations::rehearse(execution()); });
  return rehearsal;
}

std::vector<Unfinished> Run::abandon() {
  take_lock();
  directory_ = read_directory(setting_.project, setting_.environment);
  std::vector<Unfinished> unfinished = find_unfinished(side_, directory_);
  if (unfinished.empty()) return unfinished;
  guard(nullptr, [&] {
    begin_record();
    for (const Unfinished& each : unfinished) {
      postgres::Transaction transaction(side_);
      Journal(side_, each.version, each.direction, record_.id()).clear();
      record_.trail().append(side_, "migration.abandoned",
                             {{"version", each.version.text()},
                              {"name", each.name},
                              {"direction", to_string(each.direction)},
                              {"statements_done", each.statements_done}});
      transaction.commit();
    }
  });
  record_.finish(side_, Outcome::done);
  return unfinished;
}

void Run::complete() {
  if (done_.empty()) return;
  guard(nullptr, [&] {
    try {
      fire(CONFITURE_PHASE_POST_COMPLETE, outcome_status());
    } catch (const Error& error) {
      const std::string stays =
          fmt::format("every migration of this run is {} and stays so",
                      plan_.direction == Direction::up ? "applied" : "rolled back");
      throw Error(error.code(), error.message(),
                  error.hint().empty() ? stays : error.hint() + "; " + stays, error.place());
    }
  });
  record_.finish(side_, Outcome::done, {}, {{"migrations", done_.size()}, {"hooks", told_.rest()}},
                 completion_told_ ? std::string()
                                  : announcement(CONFITURE_PHASE_POST_COMPLETE, outcome_status()));
  tell_others();
}

void Run::guard(const Step* step, const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    if (setting_.cancellation.requested()) {
      tell_of_failure(step, error, Outcome::interrupted);
      if (error.code().exit == Exit::interrupted) throw;
      throw Error(host::errors::interrupted, "interrupted: " + error.message(), error.hint());
    }
    tell_of_failure(step, error, Outcome::failed);
    fire(CONFITURE_PHASE_ON_ERROR, "error", error.message(), step);
    tell_others();
    throw;
  }
}

}  // namespace host::migrations
