// SPDX-License-Identifier: MIT
// Keeps a target as it is while a copy of it is filled, which will take its place: others read on,
// and whoever wants to write to it waits. A row that was written meanwhile would be lost.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "host/postgres/connection.hpp"
#include "host/postgres/transaction.hpp"
#include "host/sync/plan.hpp"

namespace host::sync {

// Equal texts: nothing was made, altered, granted or removed in between.
std::string digest_definitions(postgres::Connection& connection);

class TargetGuard {
 public:
  // Opens a transaction and locks every table of the database.
  TargetGuard(postgres::Connection& target, std::chrono::milliseconds lock_timeout);

  // Gives a copy that has waited the entries that the audit was given since.
  void bring_audit(postgres::Connection& copy);
  // A table that is not copied and whose rows are not those of the copy; nothing: there is none.
  std::optional<TableName> find_changed(const Plan& plan, postgres::Connection& copy);
  void release() { transaction_.rollback(); }

 private:
  postgres::Connection& target_;
  postgres::Transaction transaction_;
};

}  // namespace host::sync
