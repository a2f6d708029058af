// SPDX-License-Identifier: MIT
// Whether a migration did what it was for: VERSION_NAME.verify.sql, statements that only read. They
// hold when none of them fails, and each that gives one column of booleans gives true in every row.
#pragma once

#include "host/migrations/plan.hpp"
#include "host/postgres/connection.hpp"

namespace host::migrations {

// Reads, parses and checks the statements of a migration's .verify.sql. Throws what read_step does.
sql::Script read_verification(const Migration& migration);

// Runs them in the transaction that is open, where they see what is not committed yet; they cannot
// write. After a failure, migration.verify_failed, the transaction is the caller's to roll back.
void verify_inside(postgres::Connection& connection, const Step& step);

// Runs them in a read-only transaction of their own.
void verify(postgres::Connection& connection, const Migration& migration,
            const sql::Script& verification, const config::Environment& environment);

}  // namespace host::migrations
