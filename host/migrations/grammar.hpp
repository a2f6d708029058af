// SPDX-License-Identifier: MIT
// Statements that confiture's parser, PostgreSQL 15's, cannot read, and a newer server perhaps can.
#pragma once

#include <string>
#include <vector>

#include "host/postgres/connection.hpp"
#include "host/sql/statement.hpp"

namespace host::migrations {

// Asks a server with a newer grammar to read, not run, what could not be read here. Returns a
// warning for each that it takes: nothing is known of what they do. Throws migration.syntax for the
// others, and for all of them where the server is none newer.
std::vector<std::string> check_grammar(const sql::Script& script, postgres::Connection& connection);

}  // namespace host::migrations
