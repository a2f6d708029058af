// SPDX-License-Identifier: MIT
// confiture migrate resume: a migration without a transaction that stopped half-way, taken to its
// end, or given up.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/confirm.hpp"
#include "host/cli/migration_run.hpp"
#include "host/foundation/errors.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;

// The one of them that was given.
std::string decision(const Arguments& arguments) {
  std::string given;
  for (const char* name : {"mark-done", "retry", "abandon"}) {
    if (!arguments.flag(name)) continue;
    if (!given.empty())
      throw Error(host::errors::usage, fmt::format("--{} and --{} exclude each other", given, name),
                  "say what became of the statement, once");
    given = name;
  }
  return given;
}

Exit abandon(Context& context, MigrationRun& migration_run) {
  json::array abandoned;
  for (const migrations::Unfinished& each : migration_run.run().abandon()) {
    const bool up = each.direction == migrations::Direction::up;
    context.output().line(fmt::format("gave up migration {}: it counts as {}, whatever it has done",
                                      each.text(), up ? "pending" : "applied"));
    abandoned.push_back(json::object{{"version", each.version.text()},
                                     {"name", each.name},
                                     {"direction", migrations::to_string(each.direction)},
                                     {"statements_done", each.statements_done}});
  }
  if (abandoned.empty()) context.output().line("nothing stopped half-way");
  context.output().document(true, {{"abandoned", std::move(abandoned)}});
  return Exit::done;
}

Exit resume(Context& context, MigrationRun& migration_run) {
  const MigrationRun::Keys keys{"applied", "rolled_back"};
  migrations::Run& work = migration_run.run();
  try {
    work.prepare_resume();
    if (work.plan().steps.empty()) context.output().line("nothing stopped half-way");
    migration_run.execute_all();
    migration_run.finish(keys);
  } catch (const Error&) {
    migration_run.note_in_error(keys);
    throw;
  }
  return Exit::done;
}

Exit run(Context& context, const Arguments& arguments) {
  const std::string decided = decision(arguments);
  if (!decided.empty())
    confirm_protected(context, context.environment(),
                      "take your word for what became of a statement", arguments.text("confirm"));
  migrations::Recovery recovery;
  recovery.take_over = arguments.flag("take-over");
  if (decided == "mark-done") recovery.doubt = migrations::Doubt::mark_done;
  if (decided == "retry") recovery.doubt = migrations::Doubt::retry;
  MigrationRun migration_run(context, arguments,
                             {decided.empty() ? "migrate resume" : "migrate resume --" + decided,
                              MigrationRun::Mode::apply, recovery, true});
  return decided == "abandon" ? abandon(context, migration_run) : resume(context, migration_run);
}

}  // namespace

extern const Command migrate_resume_command;
const Command migrate_resume_command{
    "migrate resume",
    "",
    "finish a migration that stopped half-way",
    {{"mark-done", "", "take the statement in doubt as done"},
     {"retry", "", "run the statement in doubt again"},
     {"abandon", "", "forget how far it came; what it did stays"},
     {"take-over", "", "end a session that still runs the statement"},
     confirm_option,
     lock_wait_option},
    0,
    0,
    run};

}  // namespace host::cli
