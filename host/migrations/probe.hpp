// SPDX-License-Identifier: MIT
// What became of a statement whose end nobody saw, read from the catalog: a statement that cannot
// run in a transaction may be done, half-done or not begun after a crash.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/postgres/connection.hpp"
#include "host/sql/statement.hpp"

namespace host::migrations {

struct Finding {
  enum class State {
    done,       // the catalog shows its effect
    half_done,  // `completion` takes it to its end
    not_done,   // it can be run
    unknown,    // the catalog cannot tell
  };
  State state = State::unknown;
  std::string what;                    // "index 'users_email' is invalid", for messages; or empty
  std::string completion;              // SQL
  std::vector<std::string> leftovers;  // invalid indexes of its making or another's, as SQL writes
                                       // them: DROP INDEX CONCURRENTLY takes them away
  // Of the table of an index whose name the server chooses, when `state` is unknown: the valid
  // ones. One that was not there before is the statement's.
  std::optional<std::vector<std::string>> valid_indexes = {};
};

std::string_view to_string(Finding::State state);  // "half done"

// Knows CREATE, DROP and REINDEX INDEX ... CONCURRENTLY, DETACH PARTITION CONCURRENTLY, CREATE and
// DROP of databases and tablespaces, subscriptions, and what can always be run again: VACUUM,
// CLUSTER, ALTER SYSTEM and the like. Of any other statement nothing is known. Names are looked up
// in the connection's search_path.
Finding probe(const sql::Statement& statement, postgres::Connection& connection);

// CREATE INDEX IF NOT EXISTS takes an invalid index of that name for the one that it would make.
bool may_hide_invalid_index(const sql::Statement& statement);

}  // namespace host::migrations
