// SPDX-License-Identifier: MIT
// confiture selftest locks: whether the server at hand does what the classifiers say of statements.
#include <fmt/format.h>
#include <unistd.h>

#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/confirm.hpp"
#include "host/cli/migration_run.hpp"
#include "host/cli/phrases.hpp"
#include "host/postgres/other_database.hpp"
#include "host/review/lock_selftest.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using review::LockSelftest;

std::unique_ptr<postgres::Connection> connect_to(Context& context,
                                                 const config::Environment& environment,
                                                 const std::string& database) {
  if (database.empty()) return context.connect(environment);
  return context.connect(postgres::with_database(environment, context.project(), database));
}

void show(Output& output, const LockSelftest& result, int major) {
  for (const LockSelftest::Untried& each : result.untried)
    output.message(fmt::format("not tried: {}: {}", each.form, each.why));
  for (const LockSelftest::Difference& each : result.differences)
    output.line(fmt::format("{}: {} is told to be '{}', and is '{}'", each.form, each.field,
                            each.told, each.seen));
  output.line(fmt::format("{} tried on PostgreSQL {}, {} not tried: {}",
                          counted(result.tried, "statement"), major, result.untried.size(),
                          result.differences.empty()
                              ? "all do what is told of them"
                              : counted(result.differences.size(), "difference")));
}

json::object document(const LockSelftest& result, int version) {
  json::array differences, untried;
  for (const LockSelftest::Difference& each : result.differences)
    differences.push_back(json::object{
        {"form", each.form}, {"field", each.field}, {"told", each.told}, {"seen", each.seen}});
  for (const LockSelftest::Untried& each : result.untried)
    untried.push_back(json::object{{"form", each.form}, {"why", each.why}});
  return {{"server_version", version},
          {"tried", result.tried},
          {"differences", std::move(differences)},
          {"not_tried", std::move(untried)}};
}

Exit run(Context& context, const Arguments& arguments) {
  const config::Environment environment = context.environment();
  confirm_protected(context, environment, "make databases and a role of its own on its server",
                    arguments.text("confirm"));
  const int version = context.connect(environment)->server_version();
  const LockSelftest result = [&] {
    review::LockSelftester tester(
        context.registry(), context.session(), context.cancellation(),
        [&](const std::string& database) { return connect_to(context, environment, database); },
        fmt::format("confiture_selftest_{}", ::getpid()));
    return tester.run(arguments.positionals());
  }();
  show(context.output(), result, version / 10000);
  const bool ok = result.differences.empty();
  context.output().document(ok, document(result, version));
  return ok ? Exit::done : Exit::findings;
}

}  // namespace

extern const Command selftest_locks_command;
const Command selftest_locks_command{
    .name = "selftest locks",
    .arguments = "[FORM...]",
    .summary = "compare what is told of locks, rewrites and scans with what the server does",
    .options = {confirm_option},
    .most_positionals = 1000,
    .run = run};

}  // namespace host::cli
