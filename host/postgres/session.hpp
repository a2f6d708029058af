// SPDX-License-Identifier: MIT
// libpq's session, opened with everything that libpq itself knows (PG* variables, ~/.pgpass,
// service files, several hosts), and its refusals as one clear error. Internal to this floor.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/foundation/error.hpp"
#include "host/postgres/connection.hpp"
#include "host/postgres/server_error.hpp"

namespace host::postgres {

struct SessionCloser {
  void operator()(::pg_conn* session) const noexcept;
};
using Session = std::unique_ptr<::pg_conn, SessionCloser>;

// What to hand to libpq, in its order: a later keyword wins.
struct SessionParameters {
  std::vector<std::pair<std::string, std::string>> keywords;
  bool from_url = false;  // "dbname" holds a whole URL or connection string
};

// Throws postgres.connection_string, unreachable, authentication or no_database.
Session open_session(const SessionParameters& parameters, const Place& place);

// "database 'shop' on host 'db.example', port 5432, as user 'bob'", of a session in any state.
std::string describe_target(const ::pg_conn* session);

// What every call throws once the server is gone; `last_word` is what it said then, if anything.
Error connection_lost(const ::pg_conn* session, const ServerError& last_word);

// How a statement went to the server: PQexec() and PQexecParams() (PostgreSQL manual, 55.2).
enum class Protocol { simple, extended };

// Brings a session that is somewhere in a COPY back to idle, in at most some ten seconds: the
// server is asked to cancel, and where even that has no effect, the connection is cut.
void end_copy(Connection& connection, Protocol protocol = Protocol::simple) noexcept;

}  // namespace host::postgres
