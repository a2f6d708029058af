// SPDX-License-Identifier: MIT
// What `lint -e NAME` knows of that environment's database: which migrations it has, what is in it,
// how large that is. Without an answer all is judged as if nothing were known.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "host/cli/command.hpp"
#include "host/lint/linter.hpp"
#include "host/migrations/ledger.hpp"

namespace host::cli {

struct LintFacts {
  std::unique_ptr<postgres::Connection> connection;  // reads only, and waits for nobody
  std::vector<migrations::Applied> applied;
  std::optional<lint::Input> schema;  // nothing: it could not be read without waiting
};

// Nothing where no environment is named, --offline is given, or the database does not answer, of
// which a warning tells.
std::optional<LintFacts> lint_facts(Context& context, const Arguments& arguments);

}  // namespace host::cli
