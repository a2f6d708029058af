// SPDX-License-Identifier: MIT
#include "host/cli/facts.hpp"

namespace host::cli {

std::unique_ptr<postgres::Connection> connect_for_facts(Context& context) {
  auto connection = context.connect(context.environment());
  connection->execute(
      "SET lock_timeout = '100ms'; SET statement_timeout = '3s'; "
      "SET default_transaction_read_only = on");
  return connection;
}

}  // namespace host::cli
