// SPDX-License-Identifier: MIT
// confiture migrate up: the pending migrations, in order.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/confirm.hpp"
#include "host/cli/context.hpp"
#include "host/cli/errors.hpp"
#include "host/cli/migration_run.hpp"
#include "host/cli/phrases.hpp"
#include "host/cli/plan_view.hpp"
#include "host/cli/review_setting.hpp"
#include "host/foundation/errors.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using migrations::Step;
using Mode = MigrationRun::Mode;

Exit show_dry_run(Context& context, MigrationRun& migration_run) {
  const migrations::Plan& plan = migration_run.run().plan();
  Output& output = context.output();
  json::array pending;
  output.line(plan.steps.empty() ? "nothing is pending"
                                 : fmt::format("{} would be applied to '{}'",
                                               counted(plan.steps.size(), "migration"),
                                               migration_run.environment().name));
  show_plan(output, migration_run);
  for (const Step& step : plan.steps)
    pending.push_back(json::object{{"version", step.migration->version.text()},
                                   {"name", step.migration->name},
                                   {"risk", step.risk}});
  output.document(true, {{"dry_run", true},
                         {"applied", json::array()},
                         {"pending", std::move(pending)},
                         {"hooks", hooks_document(migration_run.hooks())}});
  return Exit::done;
}

Exit rehearse(Context& context, MigrationRun& migration_run) {
  const migrations::Rehearsal rehearsal = migration_run.run().rehearse();
  const std::size_t count = migration_run.run().plan().steps.size();
  Output& output = context.output();
  output.line(count == 0
                  ? "nothing is pending"
                  : fmt::format("{} executed on '{}' and rolled back", counted(count, "migration"),
                                migration_run.environment().name));
  show_plan(output, migration_run, &rehearsal);
  warn_of_untried(output, rehearsal);
  json::object document{{"dry_run", true}, {"executed", true}, {"applied", json::array()}};
  for (auto& [key, value] : plan_fields(migration_run, &rehearsal)) document[key] = value;
  document["not_executed"] = rehearsal.not_executed();
  document["hooks"] = hooks_document(migration_run.hooks());
  output.document(true, std::move(document));
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

// A person sees all of it and agrees, or nothing happens.
void confirm_everything(Context& context, MigrationRun& migration_run, const Arguments& arguments) {
  const migrations::Plan& plan = migration_run.run().plan();
  if (!arguments.flag("require-confirmation") || plan.steps.empty()) return;
  if (!context.terminal().interactive())
    throw Error(host::errors::would_ask,
                "--require-confirmation asks a question, and nobody can answer here",
                "leave it out, or give the answers with confiture migrate wizard --answers FILE");
  const review::WizardSetting setting = review_setting(context, arguments, migration_run);
  if (!review::confirm_plan(context.terminal(), plan, setting))
    throw Error(errors::not_confirmed, "not confirmed; nothing was changed");
}

Exit run(Context& context, const Arguments& arguments) {
  std::optional<migrations::Version> to;
  if (const auto text = arguments.text("to")) to = parse_version("to", *text);
  const Mode mode = read_dry_run(arguments);
  if (mode == Mode::rehearse)
    require_rehearsal_consent(context.environment(), arguments.text("confirm"));
  MigrationRun migration_run(context, arguments,
                             {"migrate up", mode, {}, arguments.flag("allow-out-of-order")});
  migrations::Run& work = migration_run.run();
  try {
    work.prepare_up(to);
    if (mode == Mode::look) return show_dry_run(context, migration_run);
    if (mode == Mode::rehearse) return rehearse(context, migration_run);
    confirm_critical(context, migration_run, arguments);
    confirm_everything(context, migration_run, arguments);
    migration_run.execute_all();
    if (work.done().empty()) context.output().line("nothing is pending");
    migration_run.finish({"applied"});
  } catch (const Error&) {
    migration_run.note_in_error({"applied"});
    throw;
  }
  return Exit::done;
}

}  // namespace

extern const Command migrate_up_command;
const Command migrate_up_command{
    "migrate up",
    "",
    "apply the pending migrations",
    {{"to", "VERSION", "no further than this one"},
     {"dry-run", "", "show what would be done, and write nothing"},
     {"dry-run-execute", "", "run everything in one transaction and roll it back"},
     {"require-confirmation", "", "show everything and ask, whatever the risk"},
     accessible_option,
     ascii_option,
     out_of_order_option,
     apply_as_option,
     confirm_option,
     break_glass_option,
     reason_option,
     as_option,
     key_option,
     lock_wait_option},
    0,
    0,
    run};

}  // namespace host::cli
