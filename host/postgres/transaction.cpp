// SPDX-License-Identifier: MIT
#include "host/postgres/transaction.hpp"

#include "host/postgres/errors.hpp"

namespace host::postgres {

Transaction::Transaction(Connection& connection, std::string_view begin) : connection_(connection) {
  connection_.execute(begin);
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    rollback();
  } catch (const std::exception&) {
    // A connection that cannot roll back is lost, and the server rolls back for it.
  }
}

void Transaction::commit() {
  // COMMIT of a failed transaction is a ROLLBACK that the server reports as a success.
  if (connection_.transaction_state() == TransactionState::failed)
    throw SqlError(errors::sql, "the transaction failed before and cannot be committed",
                   "the first error of the transaction says why", "25P02", 0, 0);
  open_ = false;
  connection_.execute("COMMIT");
}

void Transaction::rollback() {
  open_ = false;
  connection_.execute("ROLLBACK");
}

}  // namespace host::postgres
