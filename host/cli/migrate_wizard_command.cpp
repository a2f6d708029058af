// SPDX-License-Identifier: MIT
// confiture migrate wizard: the pending migrations, one after the other, each with a question.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/cli/migration_run.hpp"
#include "host/foundation/errors.hpp"
#include "host/review/wizard.hpp"

namespace host::cli {
namespace {

// A question per migration that a document on standard output would hide, or that nobody answers.
void require_person(Context& context) {
  const std::string& environment = context.globals().environment;
  if (!context.terminal().interactive())
    throw Error(host::errors::would_ask, "the wizard asks questions, and nobody can answer here",
                fmt::format("see 'confiture migrate up --dry-run --env {0}', then run 'confiture "
                            "migrate up --env {0}'",
                            environment));
}

std::string same_command(const MigrationRun& migration_run, const migrations::Done& last) {
  const config::Environment& environment = migration_run.environment();
  // Repeatable ones come after every version.
  const bool all = last.version.is_repeatable();
  return fmt::format("confiture migrate up --env {}{}{}", environment.name,
                     all ? "" : " --to " + last.version.text(),
                     environment.protected_ ? fmt::format(" --confirm {}", environment.name) : "");
}

Exit run(Context& context, const Arguments& arguments) {
  require_person(context);
  MigrationRun migration_run(context, arguments, {"migrate wizard"});
  migrations::Run& work = migration_run.run();
  try {
    work.prepare_up({});
    review::WizardSetting setting;
    setting.environment = migration_run.environment().name;
    setting.patience = context.globals().timeout;
    setting.judge = [&](const migrations::Step& step) { return migration_run.risk().judge(step); };
    setting.apply = [&](std::size_t index) { migration_run.execute(index); };
    review::walk(context.terminal(), work.plan(), setting);
    if (work.plan().steps.empty()) context.output().line("nothing is pending");
    migration_run.finish({"applied"});
  } catch (const Error&) {
    migration_run.note_in_error({"applied"});
    throw;
  }
  if (!work.done().empty())
    context.output().message("The same without questions: " +
                             same_command(migration_run, work.done().back()));
  return Exit::done;
}

}  // namespace

extern const Command migrate_wizard_command;
const Command migrate_wizard_command{"migrate wizard",
                                     "",
                                     "go through the pending migrations, one question each",
                                     {lock_wait_option},
                                     0,
                                     0,
                                     run};

}  // namespace host::cli
