// SPDX-License-Identifier: MIT
// One run of migrations, up or down, from the lock to the last hook. Its caller decides, between
// the plan and each migration, whether to go on: a command at once, the wizard after a question.
//
//   Run run(connection, side, hooks, setting);
//   run.prepare_up({});
//   for (std::size_t i = 0; i < run.plan().steps.size(); ++i) run.execute(i);
//   run.complete();
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/environment.hpp"
#include "host/config/project.hpp"
#include "host/hooks/outbox.hpp"
#include "host/hooks/runner.hpp"
#include "host/migrations/audit_events.hpp"
#include "host/migrations/execution.hpp"
#include "host/migrations/journal.hpp"
#include "host/migrations/permit.hpp"
#include "host/migrations/plan.hpp"
#include "host/migrations/plan_nodes.hpp"
#include "host/migrations/rehearsal.hpp"
#include "host/migrations/run_record.hpp"
#include "host/postgres/advisory_lock.hpp"
#include "host/postgres/connection.hpp"

namespace host::migrations {

// What was done, and is committed.
struct Done {
  Direction direction = Direction::up;
  Version version;
  std::string name;
  double duration_ms = 0;
};

class Run {
 public:
  struct Setting {
    const config::Project& project;
    const config::Environment& environment;
    const Cancellation& cancellation;
    std::chrono::milliseconds lock_wait{10'000};  // how long for another run
    // apply; look: plan and ask the hooks that only look; plan: the same without any hook;
    // rehearse: execute and roll back. But for the first, nothing is written.
    enum class Mode { apply, look, plan, rehearse } mode = Mode::apply;
    std::function<void(std::string_view)> message, warning;  // may be empty
    // "none", "low", ..., "critical": how risky a migration's statements are. May be empty.
    std::function<std::string(const Step&)> assess;
    std::string command = "migrate up";  // for confiture.run
    Recovery recovery = {};
    bool allow_out_of_order = false;  // apply what is pending before what is applied already
    std::string policy = {};  // who may approve the plan, for its hash; empty: nobody has to
    Permit permit = {};       // with Mode::apply
  };

  // `connection` runs the statements; `side`, a session of its own to the same database, holds the
  // lock. All of them outlive the run. [main]
  Run(postgres::Connection& connection, postgres::Connection& side, hooks::Runner& hooks,
      Setting setting);
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  ~Run();

  // Writes the audit of this run.
  const audit::Trail& trail() { return record_.trail(); }

  // Takes the lock, where it is not held yet, fires pre_validate, reads and checks the files
  // against the ledger, fires post_validate and asks for the permit. Throws postgres.locked, what
  // plan_up or plan_down throw, and hooks.failed. Any failure of a run, but that of the lock and an
  // interruption, fires on_error before it is thrown. May be called again once all of a plan is
  // executed.
  void prepare_up(const std::optional<Version>& to);
  void prepare_down(const DownTarget& target);
  // The latest migration, to be taken back so that it can be applied anew: its way up may be
  // edited.
  void prepare_redo();
  // That pending migration alone, though others may come before it.
  void prepare_only(const Version& version);
  // The migration that stopped half-way, in its direction; nothing where there is none.
  void prepare_resume();
  const Plan& plan() const { return plan_; }
  // For a phase that is not a moment of the run itself, once it is prepared: the statements that
  // have others told of it, to be run on any connection in the transaction of what it is about;
  // then what is due is told, and the other hooks are fired.
  std::string announcement(hooks::Phase phase, std::string_view status) const;
  void announce(hooks::Phase phase, std::string_view status);
  // The plan with all that it depends on, and the SHA-256 of that: see plan_hash.hpp.
  const std::string& encoding();
  const std::string& hash();
  const std::string& id() const { return record_.id(); }
  // The hooks that a step of the plan fires in a phase, in order; once the run is prepared.
  std::vector<const hooks::Hook*> hooks_of(hooks::Phase phase, std::size_t index) const;

  // That role runs the statements of the steps to come; hooks and ledger stay the session's own.
  // Throws migration.missing_role.
  void apply_as(const std::string& role);
  // Applies or takes back a step of the plan, in order, with a note for the audit. With
  // Mode::apply.
  void execute(std::size_t index, const std::string& note = {});
  // Executes the plan in one transaction that is rolled back. With Mode::rehearse.
  Rehearsal rehearse();
  // Forgets how far the migrations that stopped half-way have come, without running anything, and
  // returns them. Takes the lock. With Mode::apply.
  std::vector<Unfinished> abandon();
  // Fires post_complete, where anything was done.
  void complete();

  const std::vector<Done>& done() const { return done_; }

 private:
  using MakePlan = std::function<Plan(const Directory&, const Standing&)>;
  void prepare(const MakePlan& make_plan, Direction direction);
  void make_plan(const MakePlan& make_plan);
  void take_lock();
  void dress_session(postgres::Connection& connection);
  void begin_record();
  void warn(const std::vector<std::string>& warnings) const;
  void check_unfinished();
  Execution execution();
  bool dry() const { return setting_.mode != Setting::Mode::apply; }
  struct Occurrence {
    hooks::Event event;
    std::string key;  // of its migration
  };
  Occurrence occurrence(hooks::Phase phase, std::string_view status, std::string_view error,
                        const Step* step) const;
  void fire(hooks::Phase phase, std::string_view status, std::string_view error = {},
            const Step* step = nullptr);
  std::string_view outcome_status() const;
  void open_outbox();
  void tell_others();
  void tell_of_failure(const Step* step, const Error& error, Outcome outcome);
  void guard(const Step* step, const std::function<void()>& work);
  void note_failure(const Step* step, const Error& error) noexcept;

  postgres::Connection& connection_;
  postgres::Connection& side_;
  hooks::Runner& hooks_;
  Setting setting_;
  RunRecord record_;
  std::optional<postgres::AdvisoryLock> lock_;
  std::optional<LockWatch> watch_;
  Directory directory_;
  Plan plan_;
  std::optional<PlanNodes> nodes_;
  std::string encoding_, hash_, role_;
  std::vector<Done> done_;
  std::string check_interval_;
  ToldHooks told_;
  hooks::Outbox outbox_;
  bool outbox_usable_ = false;
  bool completes_ = true;         // the last step of the plan ends the run
  bool completion_told_ = false;  // with the last step
  std::function<std::string(double)> closing_;
  double executed_ms_ = 0;
};

}  // namespace host::migrations
