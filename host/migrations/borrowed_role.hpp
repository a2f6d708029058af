// SPDX-License-Identifier: MIT
// Another role than the session's own, for the statements of a migration and for nothing beside
// them: hooks, journal and ledger are written as who has logged in.
#pragma once

#include <string>

#include "host/postgres/connection.hpp"

namespace host::migrations {

// [serial], as the connection, which outlives it.
class BorrowedRole {
 public:
  // Does nothing for an empty name. Inside a transaction it ends with that, too.
  BorrowedRole(postgres::Connection& connection, const std::string& role);
  BorrowedRole(const BorrowedRole&) = delete;
  BorrowedRole& operator=(const BorrowedRole&) = delete;
  // Gives it back after a failure, as far as the session lets it.
  ~BorrowedRole();
  void give_back();

 private:
  postgres::Connection& connection_;
  bool borrowed_ = false;
};

// Throws migration.missing_role where the session cannot take that role on.
void check_role(postgres::Connection& connection, const std::string& role);

}  // namespace host::migrations
