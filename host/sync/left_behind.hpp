// SPDX-License-Identifier: MIT
// Rows that would have no parents, since not all tables are copied or not all of their rows: told
// before anything moves, and not by a foreign key that cannot be made after hours of loading.
#pragma once

#include <chrono>

#include "host/postgres/connection.hpp"
#include "host/sync/plan.hpp"

namespace host::sync {

// Among the rows that are copied. Throws sync.rows_left_behind, which names every foreign key with
// rows whose parents stay behind. `source` is in a transaction.
void refuse_orphans(const Plan& plan, const Catalog& catalog, postgres::Connection& source);

// Between the rows that are copied and those of the target that stay: rows whose parents are not
// copied and not there, and rows that stay and whose parents go. Throws the same. What is replaced
// on the way, and what the target's role may not read, is left to the foreign key itself. `source`
// is in a transaction, `target` in none.
void refuse_strays(const Plan& plan, const Catalog& catalog, postgres::Connection& source,
                   postgres::Connection& target, std::chrono::milliseconds lock_timeout);

}  // namespace host::sync
