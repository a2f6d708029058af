// SPDX-License-Identifier: MIT
// A plan as people and programs read it: its migrations, their statements, and what is known of
// each. What is not known is null, never a guess.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstddef>

#include "host/cli/migration_run.hpp"

namespace host::cli {

// Each migration with the reasons of its risk, its statements and the hooks around it. `rehearsal`:
// what executing it has shown; may be null.
void show_plan(Output& output, MigrationRun& migration_run,
               const migrations::Rehearsal* rehearsal = nullptr);

// "migrations", "risk" and "plan_hash".
boost::json::object plan_fields(MigrationRun& migration_run,
                                const migrations::Rehearsal* rehearsal = nullptr);

}  // namespace host::cli
