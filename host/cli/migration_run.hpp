// SPDX-License-Identifier: MIT
// What the commands around a run of migrations share: its connections, hooks and risk, and how they
// show what was done.
#pragma once

#include <boost/json/fwd.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/cli/migration_risk.hpp"
#include "host/cli/review_gate.hpp"
#include "host/hooks/runner.hpp"
#include "host/migrations/run.hpp"

namespace host::cli {

// A version as an option gives it; throws usage.
migrations::Version parse_version(std::string_view option, const std::string& text);

// --confirm, --lock-wait, --allow-out-of-order and --apply-as, which several commands take.
extern const Option confirm_option, lock_wait_option, out_of_order_option, apply_as_option;

// [main]
class MigrationRun {
 public:
  using Mode = migrations::Run::Setting::Mode;
  struct Options {
    std::string command;  // "migrate up"
    Mode mode = Mode::apply;
    migrations::Recovery recovery = {};
    bool allow_out_of_order = false;
  };
  // Connects, twice, and binds the hooks.
  MigrationRun(Context& context, const Arguments& arguments, Options options);
  MigrationRun(const MigrationRun&) = delete;
  MigrationRun& operator=(const MigrationRun&) = delete;
  ~MigrationRun();

  migrations::Run& run() { return *run_; }
  const hooks::Runner& hooks() const { return *hooks_; }
  const config::Environment& environment() const { return environment_; }
  MigrationRisk& risk() { return risk_; }

  // The role that the statements run as; empty: the session's own.
  const std::string& role() const { return role_; }
  void apply_as(const std::string& role);

  // Applies or takes back every step of the plan, each with a line of the result.
  void execute_all();
  void execute(std::size_t index, const std::string& note = {});
  // post_complete, then the document. `keys`: applied or rolled_back, or both.
  using Keys = std::vector<const char*>;
  void finish(const Keys& keys);
  void finish(const Keys& keys, const boost::json::object& more);
  // For the error that ends the command: what was done all the same.
  void note_in_error(const Keys& keys);

 private:
  boost::json::object fields(const Keys& keys) const;

  Context& context_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  config::Environment environment_;
  const migrations::Plan* shown_before_;  // to the linter of hooks
  std::string role_;
  MigrationRisk risk_;
  ReviewGate gate_;
  std::unique_ptr<postgres::Connection> connection_, side_;
  std::unique_ptr<hooks::Runner> hooks_;
  std::unique_ptr<migrations::Run> run_;
};

// Of --dry-run and --dry-run-execute; throws usage for both of them.
MigrationRun::Mode read_dry_run(const Arguments& arguments);
// That not all of it could be tried, where that is so.
void warn_of_untried(Output& output, const migrations::Rehearsal& rehearsal);

// [{"phase", "action", "name", "status", "duration_ms"}]
boost::json::array hooks_document(const hooks::Runner& hooks);

}  // namespace host::cli
