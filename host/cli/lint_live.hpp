// SPDX-License-Identifier: MIT
// What `lint --live` judges: the environment's database, read in one read-only transaction.
#pragma once

#include <memory>
#include <vector>

#include "host/cli/command.hpp"
#include "host/lint/linter.hpp"
#include "host/postgres/transaction.hpp"

namespace host::cli {

class LiveDatabase {
 public:
  // Connects. Throws usage where other options speak of files.
  LiveDatabase(Context& context, const Arguments& arguments);

  postgres::Connection& connection() { return *connection_; }
  std::vector<lint::Input> inputs();

 private:
  std::unique_ptr<postgres::Connection> connection_;
  std::unique_ptr<postgres::Transaction> transaction_;
};

}  // namespace host::cli
