// SPDX-License-Identifier: MIT
// confiture migrate down: the latest migrations, taken back.
#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/confirm.hpp"
#include "host/cli/context.hpp"
#include "host/cli/migration_run.hpp"
#include "host/foundation/errors.hpp"

namespace host::cli {
namespace {

migrations::DownTarget read_target(const Arguments& arguments) {
  migrations::DownTarget target;
  const auto steps = arguments.number("steps", 1);
  const auto to = arguments.text("to");
  if (steps && to)
    throw Error(host::errors::usage, "--steps and --to exclude each other",
                "--to VERSION keeps that one; --to 0 keeps none");
  if (steps) target.steps = static_cast<std::size_t>(*steps);
  if (to) target.to = parse_version("to", *to);
  return target;
}

Exit run(Context& context, const Arguments& arguments) {
  const migrations::DownTarget target = read_target(arguments);
  confirm_protected(context, context.environment(), "take back migrations",
                    arguments.text("confirm"));
  MigrationRun migration_run(context, arguments, {"migrate down"});
  migrations::Run& work = migration_run.run();
  try {
    work.prepare_down(target);
    migration_run.execute_all();
    if (work.done().empty()) context.output().line("nothing to take back");
    migration_run.finish({"rolled_back"});
  } catch (const Error&) {
    migration_run.note_in_error({"rolled_back"});
    throw;
  }
  return Exit::done;
}

}  // namespace

extern const Command migrate_down_command;
const Command migrate_down_command{"migrate down",
                                   "",
                                   "take back the latest migrations",
                                   {{"steps", "N", "how many; default: 1"},
                                    {"to", "VERSION", "all after this one, which stays; 0: all"},
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
