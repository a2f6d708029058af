// SPDX-License-Identifier: MIT
// What the server would call a statement, and what it allows around it.
#pragma once

#include <string>

namespace host::sql {

namespace tree {
class Value;
}

struct StatementFacts {
  std::string tag;
  bool transaction_control = false;
  std::string no_transaction_reason;  // empty: it may run inside a transaction block
};

// `tree` is {"CreateStmt": {...}}. Follows CreateCommandTag and PreventInTransactionBlock of
// PostgreSQL 15.
StatementFacts statement_facts(const tree::Value& tree);

}  // namespace host::sql
