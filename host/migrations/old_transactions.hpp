// SPDX-License-Identifier: MIT
// Who may keep a migration waiting before it waits: transactions that have been open for long and
// hold locks on what it is about to change. Whoever comes behind a statement that waits for such a
// lock waits too, so a person wants to know before.
#pragma once

#include <string>
#include <vector>

#include "host/migrations/execution.hpp"

namespace host::migrations {

// What the statement locks so that others have to wait, as SQL writes it: the tables, views and
// indexes that it names. Not those that it only reads or writes rows of. [any thread]
std::vector<std::string> locked_relations(const sql::Statement& statement);

// Says who they are, one message each, where the environment wants to know.
void show_old_transactions(const Execution& run, const Step& step);

}  // namespace host::migrations
