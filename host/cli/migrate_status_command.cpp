// SPDX-License-Identifier: MIT
// confiture migrate status: what is applied, what is pending, and what is wrong. Writes nothing.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/cli/directory_notes.hpp"
#include "host/cli/migration_risk.hpp"
#include "host/cli/phrases.hpp"
#include "host/migrations/grammar.hpp"
#include "host/migrations/journal.hpp"
#include "host/migrations/standing.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using migrations::Applied;
using migrations::Migration;

struct Pending {
  const Migration* migration;
  std::string risk;  // "unknown" for a file that cannot be read
};

struct Status {
  migrations::Standing standing;
  std::vector<Pending> pending;
  std::vector<migrations::Unfinished> unfinished;
};

Status read_status(Context& context, const migrations::Directory& directory) {
  const auto connection = context.connect(context.environment());
  Status status;
  status.standing = migrations::compare(directory, migrations::Ledger(*connection).applied());
  status.unfinished = migrations::find_unfinished(*connection, directory);
  MigrationRisk risk(context);
  for (const Migration* migration : status.standing.pending) {
    Pending pending{migration, "unknown"};
    try {
      const migrations::Step step = migrations::read_step(*migration, migration->up);
      migrations::check_grammar(step.script, *connection);
      pending.risk = risk.judge(step).level;
    } catch (const Error& error) {
      status.standing.problems.push_back(error);
    }
    status.pending.push_back(std::move(pending));
  }
  return status;
}

std::string unfinished_text(const migrations::Unfinished& each) {
  return fmt::format("migration {} stopped half-way {}, after {}; confiture migrate resume goes on",
                     each.text(), migrations::to_string(each.direction),
                     counted(each.statements_done, "statement"));
}

void show_table(Output& output, const Status& status) {
  if (output.json()) return;
  std::vector<std::vector<std::string>> rows{{"version", "name", "status", "when", "by", "risk"}};
  for (const auto* applied : {&status.standing.applied, &status.standing.repeated})
    for (const Applied& each : *applied)
      rows.push_back({each.version.text(), each.name, "applied", each.applied_at, each.applied_by});
  for (const Pending& each : status.pending)
    rows.push_back(
        {each.migration->version.text(), each.migration->name, "pending", "", "", each.risk});
  if (rows.size() == 1) {
    output.line("no migrations");
  } else {
    std::string table = format_table(rows);
    table.pop_back();
    output.line(table);
  }
}

void show_warnings(Output& output, const Status& status) {
  for (const migrations::Unfinished& each : status.unfinished)
    output.warning(unfinished_text(each));
  for (const Error& problem : status.standing.problems)
    output.warning(problem.what() + (problem.hint().empty() ? "" : "; " + problem.hint()));
}

json::object document(const Status& status) {
  json::array applied, pending, unfinished, problems;
  for (const auto* rows : {&status.standing.applied, &status.standing.repeated})
    for (const Applied& each : *rows)
      applied.push_back(json::object{{"version", each.version.text()},
                                     {"name", each.name},
                                     {"applied_at", each.applied_at},
                                     {"applied_by", each.applied_by},
                                     {"duration_ms", each.duration_ms},
                                     {"checksum", each.checksum}});
  for (const Pending& each : status.pending)
    pending.push_back(json::object{{"version", each.migration->version.text()},
                                   {"name", each.migration->name},
                                   {"risk", each.risk}});
  for (const migrations::Unfinished& each : status.unfinished)
    unfinished.push_back(json::object{{"version", each.version.text()},
                                      {"direction", migrations::to_string(each.direction)},
                                      {"statements_done", each.statements_done},
                                      {"in_doubt", json::value_from(each.in_doubt)}});
  for (const Error& each : status.standing.problems)
    problems.push_back(json::object{
        {"code", each.code().id},
        {"message", each.message()},
        {"hint", each.hint()},
        {"file", each.place().known() ? json::value(each.place().file) : json::value(nullptr)}});
  return {{"applied", std::move(applied)},
          {"pending", std::move(pending)},
          {"unfinished", std::move(unfinished)},
          {"problems", std::move(problems)}};
}

Exit run(Context& context, const Arguments&) {
  const config::Project& project = context.project();
  const migrations::Directory directory =
      migrations::read_directory(project, context.environment(), migrations::Extent::ways_up);
  show_directory(context.output(), directory);
  const Status status = read_status(context, directory);
  show_table(context.output(), status);
  show_warnings(context.output(), status);
  const bool ok = status.standing.problems.empty();
  context.output().document(ok, document(status));
  return ok ? Exit::done : Exit::findings;
}

}  // namespace

extern const Command migrate_status_command;
const Command migrate_status_command{
    "migrate status", "", "show which migrations are applied and which are pending", {}, 0, 0, run};

}  // namespace host::cli
