// SPDX-License-Identifier: MIT
// What the page of a plan shows, gathered from the run that would do it, from git and from the
// approvals in the database.
#pragma once

#include "host/cli/migration_run.hpp"
#include "host/cli/plan_page.hpp"

namespace host::cli {

// Of a run that is prepared upwards. Writes nothing.
PlanPage plan_page(Context& context, MigrationRun& migration_run);

}  // namespace host::cli
