// SPDX-License-Identifier: MIT
// The statements of a migration before any of them runs: what cannot be read, what would end the
// engine's transaction, what the server would refuse inside one.
#pragma once

#include <string_view>

#include "host/sql/statement.hpp"

namespace host::migrations {

// Throws migration.syntax, statement.transaction_control, statement.outside_transaction or
// statement.copy_without_file, each at its place. `switch_off` says how a file of this layout does
// without a transaction.
void check_statements(const sql::Script& script, bool transactional, std::string_view switch_off);

}  // namespace host::migrations
