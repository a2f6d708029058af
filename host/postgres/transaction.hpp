// SPDX-License-Identifier: MIT
// A transaction that is rolled back unless it was committed.
#pragma once

#include <string_view>

#include "host/postgres/connection.hpp"

namespace host::postgres {

class Transaction {
 public:
  explicit Transaction(Connection& connection, std::string_view begin = "BEGIN");
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();  // rolls back; never throws

  void commit();
  void rollback();

 private:
  Connection& connection_;
  bool open_ = true;
};

}  // namespace host::postgres
