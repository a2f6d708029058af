// SPDX-License-Identifier: MIT
// confiture build: the schema's files into a database, or into one file.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <chrono>
#include <filesystem>

#include "host/cli/audit_trail.hpp"
#include "host/cli/command.hpp"
#include "host/cli/confirm.hpp"
#include "host/cli/context.hpp"
#include "host/cli/errors.hpp"
#include "host/cli/phrases.hpp"
#include "host/cli/review_gate.hpp"
#include "host/cli/schema_build.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"
#include "host/migrations/directory.hpp"
#include "host/migrations/ledger.hpp"
#include "host/postgres/advisory_lock.hpp"
#include "host/postgres/transaction.hpp"
#include "host/postgres/user_objects.hpp"
#include "host/review/errors.hpp"

namespace host::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds lock_wait(10);  // for another run

void report(Context& context, const SchemaBuild& build, const std::string& where,
            boost::json::object document, Clock::time_point start) {
  for (const sql::ParseError& error : build.unread)
    context.output().warning(fmt::format("{}: could not be read, and was taken as it is: {}",
                                         to_string(error.place), error.message));
  context.output().message(
      fmt::format("built {} from {}, {} ({:.0f} ms)", where, counted(build.scripts.size(), "file"),
                  counted(build.statement_count, "statement"), elapsed_ms(start)));
  boost::json::array files;
  for (const sql::Script& script : build.scripts) files.emplace_back(script.source().name());
  document["files"] = std::move(files);
  document["statements"] = build.statement_count;
  document["duration_ms"] = elapsed_ms(start);
  context.output().document(true, std::move(document));
}

void refuse_if_not_empty(postgres::Connection& connection, const config::Environment& environment) {
  const std::vector<std::string> objects = postgres::user_objects(connection);
  if (objects.empty()) return;
  throw Error(errors::not_empty,
              fmt::format("the database of environment '{}' is not empty: it holds {}",
                          environment.name, printable(first_few(objects))),
              "--reset drops what it holds and builds it anew");
}

// A schema that is built needs none of the migrations that led to it.
void record_migrations(postgres::Connection& connection, const migrations::Directory& directory,
                       const audit::Trail& trail) {
  migrations::Ledger ledger(connection);
  for (const migrations::Applied& applied : ledger.applied()) ledger.erase(applied.version);
  if (directory.migrations.empty()) return;
  ledger.create();
  boost::json::array recorded;
  for (const migrations::Migration& migration : directory.migrations) {
    ledger.record(migration, 0);
    recorded.emplace_back(migration.key());
  }
  trail.append(connection, "schema.built", {{"recorded", std::move(recorded)}});
}

void build_database(Context& context, const config::Environment& environment,
                    const SchemaBuild& build, const migrations::Directory& directory,
                    const Arguments& arguments) {
  const bool reset = arguments.flag("reset");
  const auto connection = context.connect(environment);
  const auto side = context.connect(environment);
  const postgres::AdvisoryLock lock(*side, migrations::lock_name, lock_wait,
                                    context.cancellation());
  refuse_other_name(context.project().review, environment.name, *connection);
  if (reset && context.project().review.policy_of(environment.name) != nullptr)
    throw Error(review::errors::missing,
                fmt::format("environment '{}' is under review, and nobody can approve that all it "
                            "holds is dropped",
                            environment.name),
                "build into a database of its own, or change this one by migrations");
  if (!reset) refuse_if_not_empty(*connection, environment);
  if (reset)
    confirm_protected(context, environment, "drop every object of its schemas",
                      arguments.text("confirm"));
  postgres::Transaction transaction(*connection);
  connection->execute(fmt::format("SET LOCAL lock_timeout = {}; SET LOCAL statement_timeout = {}",
                                  environment.lock_timeout.count(),
                                  environment.statement_timeout.count()));
  if (reset) postgres::drop_user_objects(*connection, created_extensions(build));
  run_schema(build, *connection);
  record_migrations(*connection, directory, audit_trail(context, *connection));
  transaction.commit();
}

Exit run(Context& context, const Arguments& arguments) {
  const auto start = Clock::now();
  const config::Environment environment = context.environment();
  const SchemaBuild build = read_schema(context.project(), environment);
  if (const auto file = arguments.text("output")) {
    if (arguments.flag("reset"))
      throw Error(host::errors::usage, "--reset is for a database, and --output for a file",
                  "leave out one of them");
    write_file(*file, one_file(build));
    report(context, build, fmt::format("'{}'", *file), {{"output", *file}}, start);
    return Exit::done;
  }
  const migrations::Directory directory =
      migrations::read_directory(context.project(), environment);
  build_database(context, environment, build, directory, arguments);
  boost::json::array recorded;
  for (const migrations::Migration& migration : directory.migrations)
    recorded.push_back({{"version", migration.version.text()}, {"name", migration.name}});
  report(context, build, fmt::format("environment '{}'", environment.name),
         {{"environment", environment.name}, {"recorded", std::move(recorded)}}, start);
  if (!directory.migrations.empty())
    context.output().message(
        fmt::format("recorded {} as applied", counted(directory.migrations.size(), "migration")));
  return Exit::done;
}

}  // namespace

extern const Command build_command{
    .name = "build",
    .arguments = "",
    .summary = "build the schema's files into a database, or into one file",
    .options = {{"output", "FILE", "write one file instead of building a database"},
                {"reset", "", "drop what the database holds first"},
                {"confirm", "ENV",
                 "with --reset: the name of a protected environment, as the answer"}},
    .run = run};

}  // namespace host::cli
