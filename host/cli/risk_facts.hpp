// SPDX-License-Identifier: MIT
// What a migration does to those who use the database meanwhile, in a few lines for whoever decides
// on it.
#pragma once

#include <vector>

#include "host/cli/migration_risk.hpp"
#include "host/review/card.hpp"

namespace host::cli {

// "statements", "touches" (a line a relation), "blocking", "at once", "loses".
std::vector<review::Fact> risk_facts(MigrationRisk& risk, const migrations::Step& step);

}  // namespace host::cli
