// SPDX-License-Identifier: MIT
#include "host/migrations/borrowed_role.hpp"

#include <fmt/format.h>

#include "host/foundation/text.hpp"
#include "host/migrations/errors.hpp"
#include "host/postgres/quote.hpp"

namespace host::migrations {

BorrowedRole::BorrowedRole(postgres::Connection& connection, const std::string& role)
    : connection_(connection) {
  if (role.empty()) return;
  connection_.execute("SET ROLE " + postgres::quote_identifier(role));
  borrowed_ = true;
}

BorrowedRole::~BorrowedRole() {
  try {
    give_back();
  } catch (const Error&) {
    // The transaction has failed, and its end gives the role back; or the session is gone.
  }
}

void BorrowedRole::give_back() {
  if (!borrowed_) return;
  borrowed_ = false;
  connection_.execute("RESET ROLE");
}

void check_role(postgres::Connection& connection, const std::string& role) {
  try {
    BorrowedRole(connection, role).give_back();
  } catch (const postgres::SqlError& error) {
    throw Error(errors::missing_role,
                fmt::format("nothing can be applied as '{}': {}", printable(role), error.message()),
                "name a role that yours is a member of");
  }
}

}  // namespace host::migrations
