// SPDX-License-Identifier: MIT
// What confiture lint reads: the project's files, or the paths that were named.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/cli/context.hpp"
#include "host/lint/linter.hpp"
#include "host/migrations/directory.hpp"
#include "host/migrations/ledger.hpp"

namespace host::cli {

// No paths: the schema files of the environment and the migrations. A folder stands for the *.sql
// files below it, `-` for standard input. A path below db/migrations is a migration, any other a
// schema file, unless `kind` says otherwise; a *.down.sql migration is parsed and not judged.
// `stdin_name` is the path that standard input stands for: its name, its kind, and instead of the
// file. `applied`: what a database has of the migrations, which is noted with them.
struct LintInputs {
  std::vector<std::string> paths;
  std::optional<std::string> kind, stdin_name;
  std::vector<migrations::Applied> applied = {};
};
struct ReadInputs {
  std::vector<lint::Input> inputs;
  std::vector<std::string> warnings;
};
// [any thread, once the project is loaded]
ReadInputs lint_inputs(Context& context, const LintInputs& wanted);

// What the linter is told of a migration beside its text.
sql::MigrationFacts facts_of(const migrations::Migration& migration);

}  // namespace host::cli
