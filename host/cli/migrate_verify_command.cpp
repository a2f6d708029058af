// SPDX-License-Identifier: MIT
// confiture migrate verify: whether what is applied is what the files say, and whether their checks
// hold. Writes nothing but what it found, where there is an audit that it may add to.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/audit/schema.hpp"
#include "host/cli/audit_trail.hpp"
#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/cli/phrases.hpp"
#include "host/migrations/errors.hpp"
#include "host/migrations/grammar.hpp"
#include "host/migrations/standing.hpp"
#include "host/migrations/verification.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using migrations::Applied;
using migrations::Migration;

struct Check {
  std::string version, name;
  std::optional<Error> failure;
};

json::object document(const Error& error) {
  const Place& place = error.place();
  return {{"code", error.code().id},
          {"message", error.message()},
          {"hint", error.hint().empty() ? json::value(nullptr) : json::value(error.hint())},
          {"file", place.known() ? json::value(place.file) : json::value(nullptr)},
          {"line", place.line > 0 ? json::value(place.line) : json::value(nullptr)}};
}

Check check(const Migration& migration, postgres::Connection& connection,
            const config::Environment& environment) {
  Check check{migration.version.text(), migration.name, std::nullopt};
  try {
    const sql::Script script = migrations::read_verification(migration);
    migrations::check_grammar(script, connection);
    migrations::verify(connection, migration, script, environment);
  } catch (const Error& error) {
    if (error.code().exit == Exit::unreachable || error.code().exit == Exit::interrupted) throw;
    check.failure = error;
  }
  return check;
}

void show(Output& output, const std::vector<Check>& checks, const std::vector<Error>& problems,
          std::size_t applied) {
  for (const Check& each : checks) {
    output.line(
        fmt::format("{} {}_{}", each.failure ? "failed" : "holds ", each.version, each.name));
    if (each.failure) output.warning(each.failure->what());
  }
  for (const Error& problem : problems)
    output.warning(problem.what() + (problem.hint().empty() ? "" : "; " + problem.hint()));
  output.line(fmt::format("{} applied, {} run, {} found", counted(applied, "migration"),
                          counted(checks.size(), "check"), counted(problems.size(), "problem")));
}

json::array failed_of(const std::vector<Check>& checks) {
  json::array failed;
  for (const Check& each : checks)
    if (each.failure)
      failed.push_back(json::object{{"migration", each.version + "_" + each.name},
                                    {"error", document(*each.failure)}});
  return failed;
}

Exit run(Context& context, const Arguments&) {
  const config::Environment environment = context.environment();
  const migrations::Directory directory =
      migrations::read_directory(context.project(), environment);
  Output& output = context.output();
  for (const std::string& warning : directory.warnings) output.warning(warning);
  const auto connection = context.connect(environment);
  const migrations::Standing standing =
      migrations::compare(directory, migrations::Ledger(*connection).applied());
  std::vector<Error> problems = standing.problems;
  std::vector<Check> checks;
  for (const Applied& applied : standing.applied) {
    const Migration* migration = directory.find(applied.version);
    if (migration == nullptr) continue;
    if (const auto problem = migrations::edited_way_back(applied, *migration))
      problems.push_back(*problem);
    if (migration->verify) checks.push_back(check(*migration, *connection, environment));
  }
  show(output, checks, problems, standing.applied.size());

  json::array all, wrong, held;
  bool ok = problems.empty();
  for (const Check& each : checks) {
    ok = ok && !each.failure;
    if (!each.failure) held.emplace_back(each.version + "_" + each.name);
    all.push_back(json::object{
        {"version", each.version},
        {"name", each.name},
        {"status", each.failure ? "failed" : "ok"},
        {"error", each.failure ? json::value(document(*each.failure)) : json::value(nullptr)}});
  }
  for (const Error& each : problems) wrong.push_back(document(each));
  if (audit::writable(*connection))
    audit_trail(context, *connection)
        .append(*connection, ok ? "verify.done" : "verify.failed",
                {{"applied", standing.applied.size()},
                 {"held", std::move(held)},
                 {"failed", failed_of(checks)},
                 {"problems", wrong}});
  output.document(ok, {{"checks", std::move(all)}, {"problems", std::move(wrong)}});
  return ok ? Exit::done : Exit::findings;
}

}  // namespace

extern const Command migrate_verify_command;
const Command migrate_verify_command{
    "migrate verify", "", "check that what is applied is as the files say", {}, 0, 0, run};

}  // namespace host::cli
