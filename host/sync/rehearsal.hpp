// SPDX-License-Identifier: MIT
// The first rows of each table with replaced columns, replaced and written to a temporary table of
// the target: its types, lengths, domains, checks and partition bounds judge before anything moves.
#pragma once

#include <chrono>
#include <string>

#include "host/postgres/connection.hpp"
#include "host/sync/domains.hpp"
#include "host/sync/plan.hpp"

namespace host::sync {

// Rows of a table, replaced: as read and as they would be written, in COPY's text.
struct RehearsedRows {
  std::size_t count = 0;
  std::string read, written;
};
// `source` is in a transaction.
RehearsedRows rehearse_rows(const TablePlan& table, Domains& domains, postgres::Connection& source,
                            std::size_t limit);

// Throws sync.does_not_fit for what the target refuses, and what the strategies throw. Nothing of
// it stays in the target.
void rehearse(const Plan& plan, Domains& domains, postgres::Connection& source,
              postgres::Connection& target, std::chrono::milliseconds lock_timeout);

}  // namespace host::sync
