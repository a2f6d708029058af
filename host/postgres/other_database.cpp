// SPDX-License-Identifier: MIT
#include "host/postgres/other_database.hpp"

#include <libpq-fe.h>

#include <memory>

namespace host::postgres {

config::Environment with_database(const config::Environment& environment, Connection& connection,
                                  const std::string& database) {
  config::Environment other = environment;
  other.database.kind = config::Database::Kind::parameters;
  other.database.parameters.clear();
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfo(connection.native()), PQconninfoFree);
  for (const PQconninfoOption* option = options.get();
       option != nullptr && option->keyword != nullptr; ++option) {
    const std::string keyword = option->keyword;
    // Those that connect() sets itself.
    if (option->val == nullptr || keyword == "client_encoding" || keyword == "application_name" ||
        keyword == "fallback_application_name")
      continue;
    other.database.parameters[keyword] = option->val;
  }
  other.database.parameters["dbname"] = database;
  return other;
}

}  // namespace host::postgres
