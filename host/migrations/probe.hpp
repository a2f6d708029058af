// SPDX-License-Identifier: MIT
// What became of a statement whose end nobody saw, read from the catalog: a statement that cannot
// run in a transaction may be done, half-done or not begun after a crash.
#pragma once

#include <string>

#include "host/postgres/connection.hpp"
#include "host/sql/statement.hpp"

namespace host::migrations {

struct Finding {
  enum class State {
    done,      // the catalog shows its effect
    not_done,  // it can be run, after `repair`
    unknown,   // the catalog cannot tell
  };
  State state = State::unknown;
  std::string repair;  // SQL that removes what it left half-done; may be empty
  std::string what;    // "index 'users_email' is invalid", for messages; may be empty
};

// Knows CREATE INDEX CONCURRENTLY, DROP INDEX CONCURRENTLY and what can always be run again: VACUUM
// and ANALYZE. Names are looked up in the connection's search_path.
Finding probe(const sql::Statement& statement, postgres::Connection& connection);

}  // namespace host::migrations
