// SPDX-License-Identifier: MIT
// What the commands around a run of migrations share: its connections, hooks and risk, and how they
// show what was done.
#pragma once

#include <boost/json/fwd.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/cli/migration_risk.hpp"
#include "host/hooks/runner.hpp"
#include "host/migrations/run.hpp"

namespace host::cli {

// A version as an option gives it; throws usage.
migrations::Version parse_version(std::string_view option, const std::string& text);

// --confirm and --lock-wait, which up, down and the wizard take.
extern const Option confirm_option, lock_wait_option;

// [main]
class MigrationRun {
 public:
  // Connects, twice, and binds the hooks.
  MigrationRun(Context& context, const Arguments& arguments, bool dry_run);

  migrations::Run& run() { return *run_; }
  const hooks::Runner& hooks() const { return *hooks_; }
  const config::Environment& environment() const { return environment_; }
  MigrationRisk& risk() { return risk_; }

  // Applies or takes back one step, and says so.
  void execute(std::size_t index);
  // post_complete, then the document: `key` is applied or rolled_back.
  void finish(const char* key);
  // For the error that ends the command: what was done all the same.
  void note_in_error(const char* key);

 private:
  boost::json::object fields(const char* key) const;

  Context& context_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  config::Environment environment_;
  MigrationRisk risk_;
  std::unique_ptr<postgres::Connection> connection_, side_;
  std::unique_ptr<hooks::Runner> hooks_;
  std::unique_ptr<migrations::Run> run_;
};

// [{"phase", "action", "name", "status", "duration_ms"}]
boost::json::array hooks_document(const hooks::Runner& hooks);

}  // namespace host::cli
