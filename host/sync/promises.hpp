// SPDX-License-Identifier: MIT
// What strategies declare, put to the test on a sample before anything moves: a foreign key or a
// second run that relied on a promise which does not hold would be wrong only afterwards.
#pragma once

#include "host/sync/domains.hpp"
#include "host/sync/rehearsal.hpp"

namespace host::sync {

// Throws plugin.bug for a strategy that declares equal results for equal values and does not give
// them: other instances replace some of the rows once more, and where rows do not influence each
// other, each by itself and the last one first. `domains` outlives it. [main]
void check_promises(const TablePlan& table, Domains& domains, const RehearsedRows& rows);

}  // namespace host::sync
