// SPDX-License-Identifier: MIT
#include "host/postgres/session.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "host/foundation/text.hpp"
#include "host/postgres/errors.hpp"
#include "host/postgres/server_error.hpp"

namespace host::postgres {
namespace {

// libpq gives null for what it has not worked out.
std::string_view shown(const char* text) {
  return text == nullptr ? "" : text;
}

// One host's answer, of the several that libpq may have tried.
struct Attempt {
  std::string place;  // "server at "db" (10.0.0.7), port 5432"
  std::string sqlstate, reason;
};

// "FATAL:  28P01: no such user": what PQERRORS_VERBOSE makes of a report in any language.
Attempt read_attempt(std::string_view line) {
  Attempt attempt;
  constexpr std::string_view lead = "connection to ", verdict = " failed: ";
  if (const std::size_t end = line.find(verdict);
      line.starts_with(lead) && end != std::string_view::npos) {
    attempt.place = line.substr(lead.size(), end - lead.size());
    line.remove_prefix(end + verdict.size());
  }
  const std::size_t colon = line.find(":  ");
  if (colon != std::string_view::npos && line.size() > colon + 9 && line[colon + 8] == ':') {
    attempt.sqlstate = line.substr(colon + 3, 5);
    line.remove_prefix(colon + 10);
  }
  attempt.reason = line;
  return attempt;
}

std::vector<Attempt> read_attempts(std::string_view text) {
  std::vector<Attempt> attempts;
  for (const std::string& line : split_text(text, '\n')) {
    const bool aside = line.starts_with('\t') || line.starts_with("LOCATION:") ||
                       line.starts_with("DETAIL:") || line.starts_with("HINT:");
    if (aside || trim(line).empty()) continue;
    Attempt attempt = read_attempt(line);
    // With sslmode=prefer the same refusal comes twice, with and without TLS.
    const bool known = std::any_of(attempts.begin(), attempts.end(), [&](const Attempt& a) {
      return a.place == attempt.place && a.reason == attempt.reason;
    });
    if (!known) attempts.push_back(std::move(attempt));
  }
  return attempts;
}

std::string join_reasons(const std::vector<Attempt>& attempts) {
  if (attempts.size() == 1) return attempts.front().reason;
  std::string text;
  for (const Attempt& attempt : attempts) {
    if (!text.empty()) text += "; ";
    text += attempt.place.empty() ? attempt.reason : attempt.place + ": " + attempt.reason;
  }
  return text;
}

void hide(std::string& text, const char* secret) {
  if (secret == nullptr || *secret == '\0') return;
  const std::string_view password(secret);
  for (std::size_t at = 0; (at = text.find(password, at)) != std::string::npos; at += 3)
    text.replace(at, password.size(), "***");
}

[[noreturn]] void refuse(const PGconn* session, const Place& place) {
  const std::vector<Attempt> attempts = read_attempts(PQerrorMessage(session));
  std::string reason = attempts.empty() ? "no reason given" : join_reasons(attempts);
  hide(reason, PQpass(session));
  std::string sqlstate;
  for (const Attempt& attempt : attempts)
    if (!attempt.sqlstate.empty()) sqlstate = attempt.sqlstate;
  if (PQconnectionNeedsPassword(session) != 0 && sqlstate.empty())
    reason = "the server asks for a password, and none was given";
  const bool tried = std::any_of(attempts.begin(), attempts.end(), [](const Attempt& attempt) {
    return !attempt.place.empty() || attempt.reason.starts_with("could not translate host name");
  });
  if (!tried && !attempts.empty())
    throw Error(errors::connection_string,
                fmt::format("the connection's settings do not work: {}", reason),
                "see the environment's file, the PG* variables and the service file", place);
  const std::string target = describe_target(session);
  std::string message = fmt::format("cannot connect to {}: {}", target, reason);
  if (sqlstate.starts_with("28") || PQconnectionNeedsPassword(session) != 0)
    throw Error(errors::authentication, std::move(message),
                "check the user and the password: in the environment's file, PGPASSWORD or "
                "~/.pgpass, and the server's pg_hba.conf",
                place);
  if (sqlstate == "3D000")
    throw Error(
        errors::no_database, std::move(message),
        fmt::format("create it: createdb -h '{}' -p {} -U '{}' '{}'", shown(PQhost(session)),
                    shown(PQport(session)), shown(PQuser(session)), shown(PQdb(session))),
        place);
  if (reason.find("SSL") != std::string::npos || reason.find("certificate") != std::string::npos)
    throw Error(errors::unreachable, std::move(message),
                "the server is there; see what 'sslmode' and 'sslrootcert' ask of it", place);
  throw Error(errors::unreachable, std::move(message),
              fmt::format("check that the server runs and accepts connections there: "
                          "pg_isready -h '{}' -p {}",
                          shown(PQhost(session)), shown(PQport(session))),
              place);
}

[[noreturn]] void refuse_string(std::string_view reason, const Place& place) {
  throw Error(errors::connection_string,
              fmt::format("the connection string cannot be read: {}", reason),
              "write postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with '@', ':', '/' and '%' in "
              "the user or the password percent-encoded (%40, %3A, %2F, %25)",
              place);
}

using Options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

std::string option(const Options& options, std::string_view name) {
  for (const PQconninfoOption* each = options.get(); each != nullptr && each->keyword; ++each)
    if (each->keyword == name && each->val != nullptr) return each->val;
  return {};
}

// libpq's messages about a string quote parts of it, and a part may be of the password.
void check_url(const std::string& url, const Place& place) {
  char* complaint = nullptr;
  const Options options(PQconninfoParse(url.c_str(), &complaint), PQconninfoFree);
  if (options == nullptr) {
    const std::string reason = redact_quoted(trim(complaint == nullptr ? "" : complaint));
    PQfreemem(complaint);
    refuse_string(reason, place);
  }
  if (!url.starts_with("postgresql://") && !url.starts_with("postgres://")) return;
  for (const char* name : {"host", "port", "dbname"}) {
    const std::string part = option(options, name);
    if (!part.starts_with('/') && part.find('@') != std::string::npos)
      refuse_string(fmt::format("its {} holds an '@'", name), place);
  }
  const std::string port = option(options, "port");
  if (port.find_first_not_of("0123456789,") != std::string::npos)
    refuse_string("its port is not a number", place);
}

void check_keywords(const SessionParameters& parameters, const Place& place) {
  const Options options(PQconndefaults(), PQconninfoFree);
  std::vector<std::string> known;
  for (const PQconninfoOption* each = options.get(); each != nullptr && each->keyword; ++each)
    known.emplace_back(each->keyword);
  if (known.empty()) return;
  for (const auto& [name, value] : parameters.keywords)
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw Error(errors::connection_string, fmt::format("unknown connection parameter '{}'", name),
                  suggest_name(name, known), place);
}

// Takes what has arrived; true when nothing more will come.
bool drained(PGconn* session) {
  if (PQconsumeInput(session) == 0) return true;
  for (;;) {
    char* row = nullptr;
    int size = 0;
    while ((size = PQgetCopyData(session, &row, 1)) > 0) PQfreemem(row);
    if (size == 0 || PQisBusy(session) != 0) return false;
    PGresult* result = PQgetResult(session);
    if (result == nullptr) return true;
    const ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    if (status == PGRES_COPY_IN && PQputCopyEnd(session, "abandoned") < 0) return true;
  }
}

// Whether a session that is in a COPY has to send it, not to read it.
bool waits_for_rows(PGconn* session) {
  PGresult* result = PQgetResult(session);
  const bool waits = PQresultStatus(result) == PGRES_COPY_IN;
  PQclear(result);
  return waits;
}

}  // namespace

void SessionCloser::operator()(PGconn* session) const noexcept {
  PQfinish(session);
}

std::string describe_target(const PGconn* session) {
  const std::string_view host = shown(PQhost(session));
  return fmt::format("database '{}' {} '{}', port {}, as user '{}'", shown(PQdb(session)),
                     host.starts_with('/') ? "in socket folder" : "on host", host,
                     shown(PQport(session)), shown(PQuser(session)));
}

Session open_session(const SessionParameters& parameters, const Place& place) {
  check_keywords(parameters, place);
  std::vector<const char*> names, values;
  for (const auto& [name, value] : parameters.keywords) {
    if (parameters.from_url && name == "dbname") check_url(value, place);
    names.push_back(name.c_str());
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  Session session(PQconnectStartParams(names.data(), values.data(), parameters.from_url ? 1 : 0));
  if (session == nullptr) throw std::bad_alloc();
  if (PQstatus(session.get()) != CONNECTION_BAD) {
    // The SQLSTATE of a refusal is only in a verbose message, and verbosity can only be set on a
    // session that exists. PQreset() then is PQconnectdb(), with its time limit and its walk
    // through several hosts.
    PQsetErrorVerbosity(session.get(), PQERRORS_VERBOSE);
    PQreset(session.get());
  }
  if (PQstatus(session.get()) != CONNECTION_OK) refuse(session.get(), place);
  PQsetErrorVerbosity(session.get(), PQERRORS_DEFAULT);
  return session;
}

Error connection_lost(const PGconn* session, const ServerError& last_word) {
  std::string reason = last_word.message;
  if (last_word.sqlstate.empty()) {  // libpq's own words, or nothing
    const std::string line = split_text(trim(PQerrorMessage(session)), '\n').front();
    const std::size_t severity = line.find(":  ");  // FATAL
    reason = severity == std::string::npos ? line : line.substr(severity + 3);
  }
  return Error(errors::connection_lost,
               fmt::format("the connection to {} was lost{}{}", describe_target(session),
                           reason.empty() ? "" : ": ", reason),
               "the server undoes what was not committed; see its log, then run this again");
}

void end_copy(Connection& connection, Protocol protocol) noexcept {
  using Clock = std::chrono::steady_clock;
  PGconn* session = connection.native();
  const auto limit = Clock::now() + std::chrono::seconds(10);
  // libpq sends a Sync with an extended statement and another after its rows. A COPY skips the
  // first, unless a cancel stops it before it came so far: the server would answer both, and each
  // later statement would be given the answer of the one before it.
  if (protocol == Protocol::simple || !waits_for_rows(session)) connection.cancel();
  while (!drained(session)) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(limit - Clock::now());
    pollfd wait{PQsocket(session), POLLIN, 0};
    if (left.count() > 0 && wait.fd >= 0) {
      ::poll(&wait, 1, static_cast<int>(left.count()));
    } else if (wait.fd < 0 || ::shutdown(wait.fd, SHUT_RDWR) != 0) {
      return;
    }
  }
}

}  // namespace host::postgres
