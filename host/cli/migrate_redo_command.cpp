// SPDX-License-Identifier: MIT
// confiture migrate redo: the latest migration, taken back and applied again.
#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/confirm.hpp"
#include "host/cli/migration_run.hpp"
#include "host/review/errors.hpp"

namespace host::cli {
namespace {

Exit run(Context& context, const Arguments& arguments) {
  confirm_protected(context, context.environment(), "take back a migration and apply it again",
                    arguments.text("confirm"));
  if (context.project().review.policy_of(context.globals().environment) != nullptr)
    throw Error(review::errors::missing,
                "what redo applies is known only once it has taken back, and so cannot be approved",
                "confiture migrate down, then confiture migrate up: each with its approvals");
  const MigrationRun::Keys keys{"rolled_back", "applied"};
  MigrationRun migration_run(context, arguments,
                             {"migrate redo", MigrationRun::Mode::apply, {}, true});
  migrations::Run& work = migration_run.run();
  try {
    work.prepare_redo();
    if (work.plan().steps.empty()) {
      context.output().line("nothing to take back");
    } else {
      const migrations::Version version = work.plan().steps.front().migration->version;
      migration_run.execute_all();
      work.prepare_only(version);
      migration_run.execute_all();
    }
    migration_run.finish(keys);
  } catch (const Error&) {
    migration_run.note_in_error(keys);
    throw;
  }
  return Exit::done;
}

}  // namespace

extern const Command migrate_redo_command;
const Command migrate_redo_command{"migrate redo",
                                   "",
                                   "take back the latest migration and apply it again",
                                   {confirm_option, lock_wait_option},
                                   0,
                                   0,
                                   run};

}  // namespace host::cli
