// SPDX-License-Identifier: MIT
// What has to be true of the database before a migration runs: its header's preconditions.
#pragma once

#include "host/config/environment.hpp"
#include "host/migrations/plan.hpp"
#include "host/postgres/connection.hpp"

namespace host::migrations {

// Asks the server, in a read-only transaction of its own on an idle connection, under the
// environment's limits. Throws migration.precondition at the first that is not true. Of a migration
// that stopped half-way nothing is asked: it was when it began.
void check_preconditions(const Step& step, postgres::Connection& connection,
                         const config::Environment& environment);

}  // namespace host::migrations
