// SPDX-License-Identifier: MIT
// confiture migrate baseline: records what a database has already, without running it.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/confirm.hpp"
#include "host/cli/context.hpp"
#include "host/cli/directory_notes.hpp"
#include "host/cli/migration_run.hpp"
#include "host/cli/review_gate.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"
#include "host/migrations/baseline.hpp"
#include "host/migrations/run_record.hpp"
#include "host/postgres/transaction.hpp"

namespace host::cli {
namespace {

struct Wanted {
  std::optional<migrations::Version> through;
  std::optional<config::Layout> from;
  std::optional<std::string> table;
};

config::Layout parse_tool(const std::string& text) {
  const auto names = config::layout_names().subspan(1);  // confiture has its ledger
  const std::vector<std::string> tools(names.begin(), names.end());
  if (std::find(tools.begin(), tools.end(), text) == tools.end())
    throw Error(host::errors::usage, fmt::format("--from knows no tool '{}'", text),
                suggest_name(text, tools));
  return *config::parse_layout(text);
}

Wanted read_wanted(const Arguments& arguments) {
  Wanted wanted;
  const auto through = arguments.text("through"), from = arguments.text("from");
  if (through.has_value() == from.has_value())
    throw Error(host::errors::usage, "migrate baseline wants --through VERSION or --from TOOL",
                "--through 0042 for a version, --from flyway for the history of another tool");
  if (through) wanted.through = parse_version("through", *through);
  if (from) wanted.from = parse_tool(*from);
  wanted.table = arguments.text("table");
  if (wanted.table && !from)
    throw Error(host::errors::usage, "--table goes with --from", "leave it out");
  return wanted;
}

migrations::Baseline read_baseline(const Wanted& wanted, const migrations::Directory& directory,
                                   postgres::Connection& connection) {
  if (wanted.through) return migrations::baseline_through(directory, *wanted.through);
  return migrations::baseline_from(
      directory, migrations::read_foreign_history(connection, *wanted.from, wanted.table));
}

void record(const migrations::Baseline& baseline, postgres::Connection& connection,
            postgres::Connection& side, migrations::RunRecord& run, const config::Review& review) {
  migrations::Ledger ledger(side);
  migrations::check_baseline(baseline, ledger.applied());
  if (baseline.entries.empty()) return;
  if (!ledger.complete()) ledger.create();
  run.begin(side, {}, review);
  try {
    postgres::Transaction transaction(connection);
    migrations::record_baseline(baseline, connection, run.trail());
    transaction.commit();
  } catch (const Error& error) {
    run.finish(side, migrations::Outcome::failed, error.message());
    throw;
  }
  run.finish(side, migrations::Outcome::done);
}

void show(Output& output, const migrations::Baseline& baseline) {
  boost::json::array recorded;
  for (const migrations::Baseline::Entry& entry : baseline.entries) {
    output.line("recorded " + entry.migration->key());
    recorded.push_back(boost::json::object{{"version", entry.migration->version.text()},
                                           {"name", entry.migration->name}});
  }
  if (baseline.entries.empty()) output.line("nothing to record");
  output.document(true, {{"recorded", std::move(recorded)}});
}

Exit run(Context& context, const Arguments& arguments) {
  const Wanted wanted = read_wanted(arguments);
  const std::chrono::seconds lock_wait(arguments.number("lock-wait", 0).value_or(10));
  const config::Environment environment = context.environment();
  const migrations::Directory directory =
      migrations::read_directory(context.project(), environment);
  show_directory(context.output(), directory);
  confirm_protected(context, environment, "record migrations as applied without running them",
                    arguments.text("confirm"));
  const auto connection = context.connect(environment), side = context.connect(environment);
  postgres::refuse_pooler(*connection);
  refuse_other_name(context.project().review, environment.name, *connection);
  migrations::RunRecord run_record("migrate baseline", environment.name);
  side->execute(fmt::format("SET application_name = '{}'", run_record.application_name()));
  const postgres::LockReport report{
      [&side](const postgres::LockHolder& holder) {
        return migrations::describe_run(*side, holder);
      },
      [&context](std::string_view text) { context.output().message(text); }};
  const postgres::AdvisoryLock lock(*side, migrations::lock_name, lock_wait, context.cancellation(),
                                    report);
  const migrations::Baseline baseline = read_baseline(wanted, directory, *connection);
  record(baseline, *connection, *side, run_record, context.project().review);
  show(context.output(), baseline);
  return Exit::done;
}

}  // namespace

extern const Command migrate_baseline_command;
const Command migrate_baseline_command{
    .name = "migrate baseline",
    .arguments = "",
    .summary = "record what a database has already as applied, without running it",
    .options = {{"through", "VERSION", "everything up to this one"},
                {"from", "TOOL",
                 "what dbmate, goose, golang-migrate, flyway or diesel has applied"},
                {"table", "NAME", "with --from: where that tool keeps its history"},
                confirm_option,
                lock_wait_option},
    .run = run};

}  // namespace host::cli
