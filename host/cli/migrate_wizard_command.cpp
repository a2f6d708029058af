// SPDX-License-Identifier: MIT
// confiture migrate wizard: the pending migrations, one after the other, each with a question.
#include <confiture/services.h>
#include <fmt/format.h>

#include <boost/json.hpp>
#include <mutex>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/cli/migration_run.hpp"
#include "host/cli/review_setting.hpp"
#include "host/cli/wizard_collaboration.hpp"
#include "host/cli/wizard_schedule.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/review/answers.hpp"
#include "host/review/errors.hpp"
#include "host/review/wizard.hpp"

namespace host::cli {
namespace {

using Asks = review::WizardSetting::Asks;

// A question per migration that a document on standard output would hide, or that nobody answers.
void require_person(Context& context) {
  const std::string& environment = context.globals().environment;
  if (!context.terminal().interactive())
    throw Error(host::errors::would_ask, "the wizard asks questions, and nobody can answer here",
                fmt::format("see 'confiture migrate up --dry-run --env {0}', then run 'confiture "
                            "migrate up --env {0}', or give the answers with --answers FILE",
                            environment));
}

std::optional<review::Answers> read_answers(const Arguments& arguments) {
  const auto file = arguments.text("answers");
  if (!file) return std::nullopt;
  return review::Answers(config::parse_yaml(read_file(*file), *file));
}

Asks read_asks(const Arguments& arguments) {
  if (arguments.flag("auto") && arguments.flag("smart"))
    throw Error(host::errors::usage, "--auto and --smart exclude each other",
                "--auto asks from medium upwards; --smart also wants what is high reviewed first");
  return arguments.flag("auto")    ? Asks::medium
         : arguments.flag("smart") ? Asks::by_risk
                                   : Asks::always;
}

std::vector<std::string> keys_of(const migrations::Plan& plan) {
  std::vector<std::string> keys;
  for (const migrations::Step& step : plan.steps) keys.push_back(step.migration->key());
  return keys;
}

// A hook has saved the database in this run, or there is nothing to save it from.
void require_backup(Context& context) {
  extensions::Session& session = context.session();
  const std::lock_guard guard(session.mutex);
  if (!session.metadata.contains(CONFITURE_METADATA_BACKUP))
    throw Error(review::errors::no_backup, "no backup was made before the first question",
                "bind an action to post_validate that makes one and says where, as the metadata "
                "'" CONFITURE_METADATA_BACKUP "'; it has to run in this environment");
}

std::string same_command(MigrationRun& migration_run) {
  const config::Environment& environment = migration_run.environment();
  const migrations::Done& last = migration_run.run().done().back();
  const std::string& role = migration_run.role();
  // Repeatable ones come after every version.
  const bool all = last.version.is_repeatable();
  return fmt::format("confiture migrate up --env {}{}{}{}", environment.name,
                     all ? "" : " --to " + last.version.text(),
                     role.empty() ? "" : fmt::format(" --apply-as \"{}\"", printable(role)),
                     environment.protected_ ? fmt::format(" --confirm {}", environment.name) : "");
}

// Roles that this login is a member of, behind its own name; none where the option has named one.
std::vector<std::string> roles_to_choose(Context& context, const Arguments& arguments) {
  if (arguments.text("apply-as")) return {};
  const auto connection = context.connect(context.environment());
  const postgres::Result rows = connection->query(
      "SELECT session_user UNION ALL (SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON "
      "r.oid = m.roleid JOIN pg_roles u ON u.oid = m.member WHERE u.rolname = session_user AND "
      "r.rolname !~ '^pg_' AND pg_has_role(session_user, r.oid, 'MEMBER') GROUP BY r.rolname "
      "ORDER BY r.rolname)");
  std::vector<std::string> roles;
  for (std::size_t row = 0; row < rows.row_count(); ++row) roles.push_back(rows.text(row, 0));
  return roles;
}

// What was done, and how the same is done without a person.
Exit conclude(Context& context, MigrationRun& migration_run, const WizardSchedule& schedule) {
  std::vector<std::string> commands;
  if (!migration_run.run().done().empty()) commands.push_back(same_command(migration_run));
  if (schedule.command()) commands.push_back(*schedule.command());
  for (const std::string& command : commands)
    context.output().message("The same without questions: " + command);
  return Exit::done;
}

Exit run(Context& context, const Arguments& arguments) {
  const std::optional<review::Answers> answers = read_answers(arguments);
  if (!answers) require_person(context);
  const Asks asks = read_asks(arguments);
  WizardSchedule schedule(context, arguments);
  if (arguments.flag("collaborative")) {
    const review::Gathered gathered =
        collaborate(context, arguments, answers ? &*answers : nullptr, schedule);
    if (gathered == review::Gathered::left) return Exit::unapproved;
    if (gathered == review::Gathered::schedule) {
      context.output().message("The same without questions: " + *schedule.command());
      return Exit::done;
    }
  }
  MigrationRun migration_run(context, arguments, {"migrate wizard"});
  migrations::Run& work = migration_run.run();
  try {
    work.prepare_up({});
    const migrations::Plan& plan = work.plan();
    if (answers) answers->check(keys_of(plan));
    if (arguments.flag("require-backup") && !plan.steps.empty()) require_backup(context);
    review::WizardSetting setting = review_setting(context, arguments, migration_run);
    setting.asks = asks;
    setting.preview = arguments.flag("review");
    setting.show_way_back = arguments.flag("show-rollback");
    setting.review_way_back = arguments.flag("review-rollback");
    setting.roles = roles_to_choose(context, arguments);
    setting.apply_as = [&](const std::string& role) { migration_run.apply_as(role); };
    schedule.offer(setting);
    if (answers)
      setting.questions.written = [&](const std::string& migration, const std::string& id) {
        return answers->find(migration, id);
      };
    review::walk(context.terminal(), plan, setting);
    if (plan.steps.empty()) context.output().line("nothing is pending");
    migration_run.finish({"applied"});
  } catch (const Error&) {
    migration_run.note_in_error({"applied"});
    throw;
  }
  return conclude(context, migration_run, schedule);
}

}  // namespace

extern const Command migrate_wizard_command;
const Command migrate_wizard_command{
    "migrate wizard",
    "",
    "go through the pending migrations, one question each",
    {{"review", "", "show all of them, with their SQL, before the first question"},
     {"auto", "", "ask from a medium risk upwards"},
     {"smart", "", "apply low risks, question medium ones, want high ones reviewed first"},
     {"show-rollback", "", "show the SQL of the way back, too"},
     {"review-rollback", "", "show the SQL of the way back, and ask about it"},
     {"require-backup", "", "stop where no hook has made a backup before the first question"},
     {"collaborative", "", "ask for the approvals that are missing, and wait for them"},
     {"answers", "FILE", "take the answers from a YAML or JSON file"},
     apply_as_option,
     accessible_option,
     ascii_option,
     lock_wait_option},
    0,
    0,
    run};

}  // namespace host::cli
