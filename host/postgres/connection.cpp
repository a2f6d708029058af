// SPDX-License-Identifier: MIT
#include "host/postgres/connection.hpp"

#include <fmt/format.h>
#include <libpq-events.h>
#include <libpq-fe.h>

#include <array>
#include <cassert>
#include <charconv>
#include <cstdlib>
#include <pqxx/pqxx>

#include "host/foundation/text.hpp"
#include "host/postgres/embedded_server.hpp"
#include "host/postgres/errors.hpp"
#include "host/postgres/server_error.hpp"
#include "host/postgres/session.hpp"

namespace host::postgres {

struct Result::Rows {
  pqxx::result result;
};

namespace {

int index(std::size_t number) {
  return static_cast<int>(number);
}

// Lends libpqxx a session that is open. It stays ours: libpqxx would close a broken one and open
// another behind our back, without the settings and locks of the first.
class Lender final : public pqxx::connectionpolicy {
 public:
  explicit Lender(PGconn* session) : connectionpolicy({}), session_(session) {}
  handle do_startconnect(handle) override { return session_; }
  handle do_completeconnect(handle) override { return session_; }
  handle do_dropconnect(handle) noexcept override { return session_; }
  handle do_disconnect(handle) noexcept override { return nullptr; }

 private:
  PGconn* session_;
};

class Borrower final : public pqxx::connection_base {
 public:
  explicit Borrower(Lender& lender) : connection_base(lender) { init(); }
  ~Borrower() { close(); }
};

struct CancelCloser {
  void operator()(PGcancel* cancel) const noexcept { PQfreeCancel(cancel); }
};

class PqxxConnection final : public Connection {
 public:
  PqxxConnection(Session session, const ConnectOptions& options)
      : notice_(options.notice),
        session_(std::move(session)),
        cancel_(PQgetCancel(session_.get())),
        lender_(session_.get()),
        borrower_(lender_) {
    PQsetNoticeReceiver(session_.get(), &PqxxConnection::receive_notice, this);
    // libpqxx keeps the text of an error report and drops its fields.
    PQregisterEventProc(session_.get(), &PqxxConnection::receive_event, "confiture", this);
  }

  Result query(std::string_view sql, std::span<const Parameter> parameters) override {
    std::vector<const char*> values;
    for (const Parameter& parameter : parameters) {
      if (parameter) refuse_zero_byte(*parameter);
      values.push_back(parameter ? parameter->c_str() : nullptr);
    }
    return Result(std::make_shared<const Result::Rows>(
        Result::Rows{run(sql, Protocol::extended, [&](auto& pass) {
          return pass.exec_params(std::string(sql), pqxx::prepare::make_dynamic_params(values));
        })}));
  }

  void execute(std::string_view sql) override {
    run(sql, Protocol::simple, [&](auto& pass) { return pass.exec(std::string(sql)); });
  }

  TransactionState transaction_state() const override {
    switch (PQtransactionStatus(session_.get())) {
      case PQTRANS_IDLE:
        return TransactionState::idle;
      case PQTRANS_ACTIVE:
        return TransactionState::active;
      case PQTRANS_INTRANS:
        return TransactionState::in_transaction;
      case PQTRANS_INERROR:
        return TransactionState::failed;
      case PQTRANS_UNKNOWN:
        break;
    }
    return TransactionState::unknown;
  }

  int backend_pid() const override { return PQbackendPID(session_.get()); }
  int server_version() const override { return PQserverVersion(session_.get()); }
  PGconn* native() override { return session_.get(); }

  void cancel() noexcept override {
    char complaint[256];
    PQcancel(cancel_.get(), complaint, sizeof complaint);
  }

 private:
  static void refuse_zero_byte(std::string_view text) {
    // libpq would send the part before it.
    if (text.find('\0') != std::string_view::npos)
      throw SqlError(errors::sql, "a zero byte cannot be sent to the server",
                     "remove it, or use the type bytea", "22021", 0, 0);
  }

  template <typename Function>
  pqxx::result run(std::string_view sql, Protocol protocol, Function function) {
    refuse_zero_byte(sql);
    error_ = {};
    pqxx::result result;
    try {
      pqxx::nontransaction pass(borrower_);
      result = function(pass);
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& failure) {
      if (PQstatus(session_.get()) == CONNECTION_BAD) throw connection_lost(session_.get(), error_);
      if (error_.happened()) throw statement_error(error_, sql);
      throw Error(errors::sql, std::string(trim(failure.what())));
    }
    if (transaction_state() == TransactionState::active) {
      end_copy(*this, protocol);
      throw SqlError(errors::sql, "COPY FROM STDIN and COPY TO STDOUT have no other end here",
                     "write the rows as INSERT statements (pg_dump --inserts), or COPY a file of "
                     "the server",
                     "0A000", 0, 0);
    }
    return result;
  }

  static void receive_notice(void* self, const PGresult* result) noexcept {
    const auto& notice = static_cast<PqxxConnection*>(self)->notice_;
    if (!notice) return;
    const char* severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    try {
      notice(severity == nullptr ? "NOTICE" : severity, message == nullptr ? "" : message);
    } catch (const std::exception&) {
      // An exception must not cross libpq, and a notice is not worth a failure.
    }
  }

  static int receive_event(PGEventId event, void* info, void* self) noexcept {
    if (event != PGEVT_RESULTCREATE) return 1;
    const PGresult* result = static_cast<PGEventResultCreate*>(info)->result;
    if (PQresultStatus(result) == PGRES_FATAL_ERROR)
      static_cast<PqxxConnection*>(self)->error_ = read_server_error(result);
    return 1;
  }

  std::function<void(std::string_view, std::string_view)> notice_;
  ServerError error_;  // of the running statement
  Session session_;
  std::unique_ptr<PGcancel, CancelCloser> cancel_;
  Lender lender_;
  Borrower borrower_;
};

// A network that drops packets without a word: noticed within a minute or two, not in two hours.
constexpr std::array<std::pair<const char*, const char*>, 4> silence_limits{
    {{"keepalives_idle", "30"},
     {"keepalives_interval", "10"},
     {"keepalives_count", "3"},
     {"tcp_user_timeout", "60000"}}};

// Defaults come first, since a later keyword wins, and what must hold comes last.
SessionParameters parameters_of(const config::Environment& environment,
                                const config::Project& project, const ConnectOptions& options) {
  const config::Database& database = environment.database;
  SessionParameters parameters;
  auto& keywords = parameters.keywords;
  keywords.emplace_back("fallback_application_name", options.application_name);
  // The limits of a service file would lose to ours, so a service keeps its own.
  const bool service = database.kind == config::Database::Kind::service;
  if (!service && std::getenv("PGCONNECT_TIMEOUT") == nullptr)
    keywords.emplace_back("connect_timeout", std::to_string(options.connect_timeout.count()));
  if (!service)
    for (const auto& [name, value] : silence_limits) keywords.emplace_back(name, value);
  switch (database.kind) {
    case config::Database::Kind::embedded: {
      EmbeddedServer server(project.root);
      server.ensure_running();
      keywords.emplace_back("dbname", server.conninfo(environment.name));
      parameters.from_url = true;
      break;
    }
    case config::Database::Kind::url:
      keywords.emplace_back("dbname", database.url);
      parameters.from_url = true;
      break;
    case config::Database::Kind::service:
      keywords.emplace_back("service", database.service);
      break;
    case config::Database::Kind::parameters:
      for (const auto& [name, value] : database.parameters) keywords.emplace_back(name, value);
      break;
  }
  keywords.emplace_back("client_encoding", "UTF8");
  return parameters;
}

}  // namespace

Result::Result(std::shared_ptr<const Rows> rows) : rows_(std::move(rows)) {}
std::size_t Result::row_count() const {
  return static_cast<std::size_t>(rows_->result.size());
}
std::size_t Result::column_count() const {
  return rows_->result.columns();
}
std::size_t Result::affected_rows() const {
  return rows_->result.affected_rows();
}

std::string_view Result::column_name(std::size_t column) const {
  return rows_->result.column_name(static_cast<pqxx::row::size_type>(column));
}

bool Result::is_boolean(std::size_t column) const {
  constexpr pqxx::oid bool_type = 16;
  return rows_->result.column_type(static_cast<pqxx::row::size_type>(column)) == bool_type;
}

std::optional<std::string_view> Result::value(std::size_t row, std::size_t column) const {
  const pqxx::field cell = rows_->result[index(row)][index(column)];
  if (cell.is_null()) return std::nullopt;
  return std::string_view(cell.c_str(), cell.size());
}

std::string Result::text(std::size_t row, std::size_t column) const {
  return std::string(value(row, column).value_or(""));
}

std::int64_t Result::integer(std::size_t row, std::size_t column) const {
  const std::string_view digits = value(row, column).value_or("0");
  std::int64_t number = 0;
  [[maybe_unused]] const auto parsed =
      std::from_chars(digits.data(), digits.data() + digits.size(), number);
  assert(parsed.ec == std::errc() && "a column that is no integer");
  return number;
}

bool Result::boolean(std::size_t row, std::size_t column) const {
  return value(row, column) == std::optional<std::string_view>("t");
}

SqlError::SqlError(ErrorCode code, std::string message, std::string hint, std::string sqlstate,
                   std::uint32_t line, std::uint32_t column)
    : Error(code, std::move(message), std::move(hint)),
      sqlstate_(std::move(sqlstate)),
      line_(line),
      column_(column) {}

std::unique_ptr<Connection> connect(const config::Environment& environment,
                                    const config::Project& project, const ConnectOptions& options) {
  Session session =
      open_session(parameters_of(environment, project, options), environment.database.place);
  auto connection = std::make_unique<PqxxConnection>(std::move(session), options);
  if (connection->server_version() >= 140000) {
    try {
      // A backend whose client died gives up its locks in seconds, not when its statement ends.
      connection->execute("SET client_connection_check_interval = '2s'");
    } catch (const SqlError&) {
      // Some systems and some poolers do not have it, and nothing depends on it.
    }
  }
  return connection;
}

DatabaseIdentity identify(Connection& connection) {
  const Result here = connection.query(
      "SELECT oid, datname, pg_catalog.host(pg_catalog.inet_server_addr()), "
      "pg_catalog.inet_server_port(), CASE WHEN NOT pg_catalog.pg_is_in_recovery() THEN "
      "extract(epoch FROM pg_catalog.pg_postmaster_start_time())::text END, "
      "pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE') "
      "FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()");
  DatabaseIdentity identity;
  identity.database_oid = here.text(0, 0);
  identity.database = here.text(0, 1);
  identity.started = here.text(0, 4);
  if (here.value(0, 2)) {
    identity.server = fmt::format("{}:{}", here.text(0, 2), here.text(0, 3));
  } else if (const PGconn* session = connection.native()) {
    identity.server = fmt::format("{}:{}", PQhost(session), PQport(session));
  }
  if (here.boolean(0, 5))
    identity.system_identifier =
        connection.query("SELECT system_identifier FROM pg_catalog.pg_control_system()").text(0, 0);
  return identity;
}

bool operator==(const DatabaseIdentity& a, const DatabaseIdentity& b) {
  if (a.database_oid != b.database_oid || a.database != b.database) return false;
  const bool same_start = a.started == b.started && !a.started.empty();
  if (a.system_identifier.empty() || b.system_identifier.empty())
    return same_start || a.server == b.server;
  return a.system_identifier == b.system_identifier &&
         (same_start || a.started.empty() || b.started.empty());
}

}  // namespace host::postgres
