// SPDX-License-Identifier: MIT
// One session with a PostgreSQL server. Abstract so that the engine can be tested without one.
// libpqxx stays behind it (connection.cpp); COPY streams are in copy_stream.hpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/environment.hpp"
#include "host/foundation/error.hpp"

struct pg_conn;  // libpq's PGconn

namespace host::postgres {

// The rows of one statement, as text; owns its memory.
class Result {
 public:
  struct Rows;  // connection.cpp
  explicit Result(std::shared_ptr<const Rows> rows);

  std::size_t row_count() const;
  std::size_t column_count() const;
  std::string_view column_name(std::size_t column) const;
  bool is_boolean(std::size_t column) const;  // by the column's type
  std::optional<std::string_view> value(std::size_t row,
                                        std::size_t column) const;  // nothing: NULL
  std::string text(std::size_t row, std::size_t column) const;      // NULL: ""
  std::int64_t integer(std::size_t row, std::size_t column) const;
  bool boolean(std::size_t row, std::size_t column) const;  // 't'
  std::size_t affected_rows() const;

 private:
  std::shared_ptr<const Rows> rows_;
};

// What the server said about a failed statement. The message holds no row values: DETAIL of
// constraint violations (class 23) and the quoted value of bad input (class 22) are left out.
class SqlError : public Error {
 public:
  SqlError(ErrorCode code, std::string message, std::string hint, std::string sqlstate,
           std::uint32_t line, std::uint32_t column);
  const std::string& sqlstate() const { return sqlstate_; }
  std::uint32_t line() const { return line_; }  // within the statement's text, from 1; 0: unknown
  std::uint32_t column() const { return column_; }  // the same, in characters

 private:
  std::string sqlstate_;
  std::uint32_t line_, column_;
};

using Parameter = std::optional<std::string>;
enum class TransactionState { idle, active, in_transaction, failed, unknown };

// Every call throws SqlError, or Error postgres.connection_lost (exit 3) when the server went away;
// nothing reconnects by itself. One thread at a time, but cancel(). [serial]
class Connection {
 public:
  virtual ~Connection() = default;
  // One statement, with $1, $2, ... taken from `parameters`.
  virtual Result query(std::string_view sql, std::span<const Parameter> parameters = {}) = 0;
  // One or several statements in the simple protocol, results thrown away.
  virtual void execute(std::string_view sql) = 0;
  // As the server reports it after the last statement.
  virtual TransactionState transaction_state() const = 0;
  virtual int backend_pid() const = 0;
  virtual int server_version() const = 0;  // 150018
  // Asks the server to stop the running statement, which then fails with 57014. [any thread]
  virtual void cancel() noexcept = 0;
  // The libpq session behind it, for COPY; nullptr in a test double.
  virtual ::pg_conn* native() = 0;
};

// Makes the connection string's parameters of an environment; the embedded server is started when
// it is needed.
struct ConnectOptions {
  std::string application_name = "confiture";
  std::chrono::seconds connect_timeout{10};
  std::function<void(std::string_view severity, std::string_view message)> notice;  // may be empty
};

// Throws postgres.unreachable, postgres.authentication or postgres.no_database, all exit 3, naming
// host, port, database and user, never the password. Sets client_encoding to UTF8,
// client_connection_check_interval where the server has it, and the limits by which a connection
// that went silent is found dead, unless the environment has limits of its own.
std::unique_ptr<Connection> connect(const config::Environment& environment,
                                    const config::Project& project,
                                    const ConnectOptions& options = {});

// Which database this is, whatever name or address led there: for "target is the source".
struct DatabaseIdentity {
  std::string system_identifier;  // empty where the role may not ask for it
  std::string database_oid;
  std::string database;
  std::string server;   // address and port, or the socket's folder
  std::string started;  // when the server started; empty on a standby
  // The same database, or a standby of it. A physical copy that runs by itself is another one.
  friend bool operator==(const DatabaseIdentity& a, const DatabaseIdentity& b);
};
DatabaseIdentity identify(Connection& connection);

}  // namespace host::postgres
