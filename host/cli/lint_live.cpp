// SPDX-License-Identifier: MIT
#include "host/cli/lint_live.hpp"

#include <fmt/format.h>

#include "host/cli/context.hpp"
#include "host/foundation/errors.hpp"
#include "host/sql/live_schema.hpp"

namespace host::cli {
namespace {

constexpr std::chrono::milliseconds usual_timeout(30'000);  // of a query, where there is no other

void refuse_files(const Arguments& arguments) {
  const std::string hint = "lint the files in a run of their own";
  if (!arguments.positionals().empty())
    throw Error(host::errors::usage, "--live judges the database and takes no files", hint);
  for (const char* option : {"fix", "unsafe-fixes", "diff", "staged"})
    if (arguments.flag(option))
      throw Error(host::errors::usage, fmt::format("--live and --{} do not go together", option),
                  hint);
  for (const char* option : {"since", "kind", "stdin-name"})
    if (arguments.text(option))
      throw Error(host::errors::usage, fmt::format("--live and --{} do not go together", option),
                  hint);
}

}  // namespace

LiveDatabase::LiveDatabase(Context& context, const Arguments& arguments) {
  refuse_files(arguments);
  const config::Environment environment = context.environment();
  connection_ = context.connect(environment);
  transaction_ = std::make_unique<postgres::Transaction>(
      *connection_, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const auto timeout =
      environment.statement_timeout.count() > 0 ? environment.statement_timeout : usual_timeout;
  connection_->execute(fmt::format("SET LOCAL statement_timeout = {}; SET LOCAL lock_timeout = {}",
                                   timeout.count(), environment.lock_timeout.count()));
}

std::vector<lint::Input> LiveDatabase::inputs() {
  std::vector<lint::Input> inputs;
  for (sql::Source& source : sql::read_live_schema(*connection_))
    inputs.push_back({std::move(source), lint::SourceKind::schema});
  return inputs;
}

}  // namespace host::cli
