// SPDX-License-Identifier: MIT
#include "host/postgres/copy_stream.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "host/postgres/errors.hpp"
#include "host/postgres/server_error.hpp"
#include "host/postgres/session.hpp"

namespace host::postgres {
namespace {

// What libpq sends at once; its buffer grows to about twice of it.
constexpr std::size_t piece = 256 * 1024;

struct ResultCloser {
  void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ResultCloser>;

// A COPY is begun on libpq itself: libpqxx 6 has only its own two stream formats.
void begin(Connection& connection, std::string_view sql, ExecStatusType expected) {
  PGconn* session = connection.native();
  const ResultPtr result(PQexec(session, std::string(sql).c_str()));
  if (PQresultStatus(result.get()) == expected) return;
  if (PQstatus(session) == CONNECTION_BAD) throw connection_lost(session, {});
  if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR)
    throw statement_error(read_server_error(result.get()), sql);
  if (connection.transaction_state() == TransactionState::active) end_copy(connection);
  throw SqlError(errors::sql, "this is no COPY in the direction that is needed", {}, "0A000", 0, 0);
}

// Takes the results that end a COPY; returns the number of rows.
std::uint64_t finish_copy(PGconn* session) {
  ServerError error;
  std::uint64_t rows = 0;
  bool complete = false;
  while (const ResultPtr result{PQgetResult(session)}) {
    if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) {
      const char* count = PQcmdTuples(result.get());
      std::from_chars(count, count + std::strlen(count), rows);
      complete = true;
    } else if (!error.happened()) {
      error = read_server_error(result.get());
    }
    if (PQstatus(session) == CONNECTION_BAD) throw connection_lost(session, error);
  }
  // What libpq says by itself has no SQLSTATE: the server said nothing more.
  if (error.happened() && error.sqlstate.empty()) throw connection_lost(session, error);
  if (error.happened()) throw copy_error(error);
  // Without the server's word that it was all, it may have been a part.
  if (!complete) throw connection_lost(session, {});
  return rows;
}

}  // namespace

CopyReader::CopyReader(Connection& connection, std::string_view copy_sql)
    : connection_(connection) {
  begin(connection, copy_sql, PGRES_COPY_OUT);
}

CopyReader::~CopyReader() {
  if (open_) end_copy(connection_);
}

std::size_t CopyReader::read(std::string& buffer, std::size_t enough) {
  PGconn* session = connection_.native();
  std::size_t rows = 0;
  while (open_ && buffer.size() < enough) {
    char* row = nullptr;
    const int size = PQgetCopyData(session, &row, 0);
    if (size > 0) {
      buffer.append(row, static_cast<std::size_t>(size));
      PQfreemem(row);
      ++rows;
    } else {
      open_ = false;
      finish_copy(session);
    }
  }
  return rows;
}

CopyWriter::CopyWriter(Connection& connection, std::string_view copy_sql)
    : connection_(connection) {
  begin(connection, copy_sql, PGRES_COPY_IN);
}

CopyWriter::~CopyWriter() {
  if (open_) end_copy(connection_);
}

void CopyWriter::write(std::string_view rows) {
  PGconn* session = connection_.native();
  while (!rows.empty()) {
    const std::size_t size = std::min(rows.size(), piece);
    if (PQputCopyData(session, rows.data(), static_cast<int>(size)) != 1) {
      open_ = false;
      finish_copy(session);
      throw connection_lost(session, {});
    }
    rows.remove_prefix(size);
  }
}

std::uint64_t CopyWriter::finish() {
  PGconn* session = connection_.native();
  open_ = false;
  if (PQputCopyEnd(session, nullptr) != 1 && PQstatus(session) == CONNECTION_BAD)
    throw connection_lost(session, {});
  return finish_copy(session);
}

}  // namespace host::postgres
