// SPDX-License-Identifier: MIT
// The databases of an embedded server, and how to reach them.
#include <fmt/format.h>
#include <libpq-fe.h>

#include <array>

#include "host/postgres/embedded_home.hpp"
#include "host/postgres/embedded_server.hpp"
#include "host/postgres/quote.hpp"
#include "host/postgres/server_error.hpp"
#include "host/postgres/session.hpp"

namespace host::postgres {
namespace {

using ResultPtr = std::unique_ptr<PGresult, decltype(&PQclear)>;

std::string conninfo_value(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '\'';
}

std::string percent_encode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

}  // namespace

// All that PG* variables could lead astray is said: PGHOSTADDR would even win over `host`.
std::string embedded_conninfo(const EmbeddedHome& home, std::string_view database) {
  return fmt::format("host={} hostaddr='' port=5432 user=postgres dbname={}",
                     conninfo_value(home.sockets.string()), conninfo_value(database));
}

std::string EmbeddedServer::conninfo(const std::string& database) {
  ensure_running();
  const Session session(PQconnectdb(embedded_conninfo(*home_, "postgres").c_str()));
  if (PQstatus(session.get()) != CONNECTION_OK) throw connection_lost(session.get(), {});
  const char* name = database.c_str();
  const ResultPtr found(
      PQexecParams(session.get(), "SELECT 1 FROM pg_catalog.pg_database WHERE datname = $1", 1,
                   nullptr, &name, nullptr, nullptr, 0),
      PQclear);
  if (PQntuples(found.get()) == 0) {
    // From template0: nobody can be connected to it, which would be an error.
    const std::string sql =
        fmt::format("CREATE DATABASE {} TEMPLATE template0", quote_identifier(database));
    const ResultPtr made(PQexec(session.get(), sql.c_str()), PQclear);
    const ServerError error = read_server_error(made.get());
    // Two runs at once: the other one made it.
    const bool there = error.sqlstate == "42P04" || error.sqlstate == "23505";
    if (PQresultStatus(made.get()) != PGRES_COMMAND_OK && !there) throw statement_error(error, sql);
  }
  return embedded_conninfo(*home_, database);
}

std::string EmbeddedServer::url(const std::string& database) const {
  return fmt::format("postgresql:///{}?host={}&port=5432&user=postgres", percent_encode(database),
                     percent_encode(home_->sockets.string()));
}

}  // namespace host::postgres
