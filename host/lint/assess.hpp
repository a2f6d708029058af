// SPDX-License-Identifier: MIT
// The risk of one migration, as the rules about statements see it: for status, plan and wizard.
#pragma once

#include <string>
#include <vector>

#include "host/lint/linter.hpp"

namespace host::lint {

struct Assessment {
  std::vector<Finding> findings;
  std::string risk;                  // none, low, medium, high or critical: the worst of them
  std::vector<std::string> reasons;  // the messages of the findings that add a risk, worst first
};

// A statement that could not be parsed counts as safety.syntax_error does: a risk of its own.
// [main]
Assessment assess_migration(const sql::Script& script, Linter& linter,
                            const sql::MigrationFacts& facts = {});

}  // namespace host::lint
