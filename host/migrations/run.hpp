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
#include "host/hooks/runner.hpp"
#include "host/migrations/plan.hpp"
#include "host/migrations/plan_nodes.hpp"
#include "host/postgres/advisory_lock.hpp"
#include "host/postgres/connection.hpp"

namespace host::migrations {

// What was done, and is committed.
struct Done {
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
    bool dry_run = false;  // plan and ask the hooks that only look; nothing is written
    std::function<void(std::string_view)> message, warning;  // may be empty
    // "none", "low", ..., "critical": how risky a migration's statements are. May be empty.
    std::function<std::string(const Step&)> assess;
  };

  // `connection` runs the statements; `side`, a session of its own to the same database, holds the
  // lock. All of them outlive the run. [main]
  Run(postgres::Connection& connection, postgres::Connection& side, hooks::Runner& hooks,
      Setting setting);
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  ~Run();

  // Takes the lock, fires pre_validate, reads and checks the files against the ledger, fires
  // post_validate. Throws postgres.locked, what plan_up or plan_down throw, and hooks.failed. Any
  // failure of a run, but that of the lock and an interruption, fires on_error before it is thrown.
  void prepare_up(const std::optional<Version>& to);
  void prepare_down(const DownTarget& target);
  const Plan& plan() const { return plan_; }
  // The hooks that a step of the plan fires in a phase, in order; once the run is prepared.
  std::vector<const hooks::Hook*> hooks_of(hooks::Phase phase, std::size_t index) const;

  // Applies or takes back a step of the plan, in order. Not in a dry run.
  void execute(std::size_t index);
  // Fires post_complete, where anything was done.
  void complete();

  const std::vector<Done>& done() const { return done_; }

 private:
  void prepare(const std::function<Plan(const Directory&, const Standing&)>& make_plan,
               Direction direction);
  void make_plan(const std::function<Plan(const Directory&, const Standing&)>& make_plan);
  void check_unfinished();
  void check_lock();
  void fire(hooks::Phase phase, std::string_view status, std::string_view error = {},
            const Step* step = nullptr);
  void guard(const Step* step, const std::function<void()>& work);

  postgres::Connection& connection_;
  postgres::Connection& side_;
  hooks::Runner& hooks_;
  Setting setting_;
  std::optional<postgres::AdvisoryLock> lock_;
  Directory directory_;
  Plan plan_;
  std::optional<PlanNodes> nodes_;
  std::vector<Done> done_;
  std::string check_interval_;
  double executed_ms_ = 0;
};

}  // namespace host::migrations
