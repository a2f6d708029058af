// SPDX-License-Identifier: MIT
// Another database of the server that a connection is to, reached in the same way.
#pragma once

#include <string>

#include "host/config/environment.hpp"
#include "host/postgres/connection.hpp"

namespace host::postgres {

// The environment with that database in place of its own. The password, if there is one, stays in
// the parameters: never print them.
config::Environment with_database(const config::Environment& environment, Connection& connection,
                                  const std::string& database);

}  // namespace host::postgres
