// SPDX-License-Identifier: MIT
// confiture migrate up: the pending migrations, in order.
#include <confiture/action.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/confirm.hpp"
#include "host/cli/context.hpp"
#include "host/cli/migration_run.hpp"
#include "host/cli/phrases.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using migrations::Step;

// What would run around a migration, and when: those that talk to the world run outside its
// transaction.
void show_hooks(Output& output, const migrations::Run& run, hooks::Phase phase,
                std::size_t index) {
  const bool before = phase == CONFITURE_PHASE_PRE_EXECUTE;
  for (const hooks::Hook* hook : run.hooks_of(phase, index)) {
    const bool outside = hook->outside() && run.plan().steps[index].header.transactional;
    output.line(fmt::format("    {} {} ({}){}", hooks::phase_name(phase), hook->name,
                            hook->action->id,
                            !outside ? ""
                            : before ? ", before the transaction"
                                     : ", after the commit"));
  }
}

Exit show_dry_run(Context& context, MigrationRun& migration_run) {
  const migrations::Plan& plan = migration_run.run().plan();
  Output& output = context.output();
  json::array pending;
  output.line(plan.steps.empty() ? "nothing is pending"
                                 : fmt::format("{} would be applied to '{}'",
                                               counted(plan.steps.size(), "migration"),
                                               migration_run.environment().name));
  for (std::size_t index = 0; index < plan.steps.size(); ++index) {
    const Step& step = plan.steps[index];
    output.line(fmt::format("  {} (risk: {}{})", step.migration->key(), step.risk,
                            step.header.transactional ? "" : ", no transaction"));
    show_hooks(output, migration_run.run(), CONFITURE_PHASE_PRE_EXECUTE, index);
    show_hooks(output, migration_run.run(), CONFITURE_PHASE_POST_EXECUTE, index);
    pending.push_back(json::object{{"version", step.migration->version.text()},
                                   {"name", step.migration->name},
                                   {"risk", step.risk}});
  }
  output.document(true, {{"dry_run", true},
                         {"applied", json::array()},
                         {"pending", std::move(pending)},
                         {"hooks", hooks_document(migration_run.hooks())}});
  return Exit::done;
}

void confirm_critical(Context& context, MigrationRun& migration_run, const Arguments& arguments) {
  const auto& steps = migration_run.run().plan().steps;
  const auto critical = std::find_if(steps.begin(), steps.end(),
                                     [](const Step& step) { return step.risk == "critical"; });
  if (critical != steps.end())
    confirm_protected(context, migration_run.environment(),
                      fmt::format("apply '{}', whose risk is critical", critical->migration->key()),
                      arguments.text("confirm"));
}

Exit run(Context& context, const Arguments& arguments) {
  std::optional<migrations::Version> to;
  if (const auto text = arguments.text("to")) to = parse_version("to", *text);
  const bool dry_run = arguments.flag("dry-run");
  MigrationRun migration_run(context, arguments, dry_run);
  migrations::Run& work = migration_run.run();
  try {
    work.prepare_up(to);
    if (dry_run) return show_dry_run(context, migration_run);
    confirm_critical(context, migration_run, arguments);
    for (std::size_t index = 0; index < work.plan().steps.size(); ++index)
      migration_run.execute(index);
    if (work.done().empty()) context.output().line("nothing is pending");
    migration_run.finish("applied");
  } catch (const Error&) {
    migration_run.note_in_error("applied");
    throw;
  }
  return Exit::done;
}

}  // namespace

extern const Command migrate_up_command;
const Command migrate_up_command{"migrate up",
                                 "",
                                 "apply the pending migrations",
                                 {{"to", "VERSION", "no further than this one"},
                                  {"dry-run", "", "show what would be done, and write nothing"},
                                  confirm_option,
                                  lock_wait_option},
                                 0,
                                 0,
                                 run};

}  // namespace host::cli
