// SPDX-License-Identifier: MIT
// --where: the rows of a table that are copied, and the rows elsewhere that would lose their
// parents by it.
#pragma once

#include <string>
#include <vector>

#include "host/postgres/connection.hpp"
#include "host/sync/plan.hpp"

namespace host::sync {

// Puts each TABLE=SQL into its table's plan (of a partitioned table: into its partitions').
// Throws sync.unknown_table; sync.not_sql for a condition that the source does not understand; and
// sync.rows_left_behind, which names every foreign key with rows whose parents stay behind.
// `source` is in a transaction.
void add_conditions(const std::vector<std::string>& conditions, const Catalog& catalog,
                    postgres::Connection& source, Plan& plan);

}  // namespace host::sync
