// SPDX-License-Identifier: MIT
#include "host/migrations/lock_watch.hpp"

#include <fmt/format.h>

#include "host/sql/lexer.hpp"

namespace host::migrations {
namespace {

using postgres::Result;

}  // namespace

const std::string_view session_columns =
    "coalesce(a.backend_type, ''), coalesce(a.usename, ''), "
    "coalesce(a.application_name, ''), coalesce(a.state, ''), "
    "pg_catalog.to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), "
    "a.query";

std::string describe_session(const Result& rows, std::size_t row) {
  const std::string pid = rows.text(row, 0), kind = rows.text(row, 1);
  if (pid == "0") return "a prepared transaction (see pg_prepared_xacts)";
  const std::string query = rows.text(row, 6);
  if (kind == "autovacuum worker")
    return fmt::format("pid {} (autovacuum){}", pid,
                       query.find("(to prevent wraparound)") == std::string::npos
                           ? ""
                           : ", which prevents wraparound and does not give way");
  std::string text = fmt::format("pid {} (user '{}', application '{}')", pid, rows.text(row, 2),
                                 rows.text(row, 3));
  const std::string state = rows.text(row, 4);
  if (state.empty()) return text;
  const std::string since = rows.text(row, 5);  // of its transaction; it may have none
  text += since.empty() ? ", " + state : fmt::format(", {} since {}", state, since);
  const std::string words = first_words(query);
  if (!words.empty()) text += fmt::format(", {} {}", state == "active" ? "with" : "after", words);
  return text;
}

namespace {

std::vector<Blocker> find_blockers(postgres::Connection& side, int pid) {
  const postgres::Parameter number = std::to_string(pid);
  const Result rows = side.query(
      fmt::format(
          "SELECT DISTINCT b.pid, {} FROM unnest(pg_catalog.pg_blocking_pids($1::int)) b(pid) "
          "LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = b.pid ORDER BY 1",
          session_columns),
      {&number, 1});
  std::vector<Blocker> blockers;
  for (std::size_t row = 0; row < rows.row_count(); ++row)
    blockers.push_back(describe_session(rows, row));
  return blockers;
}

}  // namespace

LockWatch::LockWatch(postgres::Connection& side, int pid, std::chrono::milliseconds interval)
    : side_(side), pid_(pid), thread_([this, interval] { watch(interval); }) {}

LockWatch::~LockWatch() {
  {
    const std::lock_guard lock(mutex_);
    quit_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

LockWatch::Look::Look(LockWatch& watch) : watch_(watch) {
  const std::lock_guard lock(watch_.mutex_);
  watch_.looking_ = true;
  watch_.seen_.clear();
}

LockWatch::Look::~Look() {
  const std::lock_guard lock(watch_.mutex_);
  watch_.looking_ = false;
}

std::vector<Blocker> LockWatch::seen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

// The mutex is held while it asks, so that nobody else uses the side session meanwhile.
void LockWatch::watch(std::chrono::milliseconds interval) {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, interval, [this] { return quit_; })) {
    if (!looking_) continue;
    try {
      if (std::vector<Blocker> found = find_blockers(side_, pid_); !found.empty())
        seen_ = std::move(found);
    } catch (const std::exception&) {
      // It only helps to explain. That the session is lost is for its owner to find.
      looking_ = false;
    }
  }
}

std::string first_words(std::string_view sql) {
  using Kind = sql::Token::Kind;
  constexpr int most_words = 6;
  sql::Lexer lexer(sql);
  std::string text;
  bool dotted = false;
  for (int words = 0;;) {
    const sql::Token token = lexer.next();
    if (token.kind == Kind::end) return text;
    const bool dot = lexer.is_symbol(token, '.');
    const bool word =
        token.complete && (token.kind == Kind::word || token.kind == Kind::quoted_name);
    if ((!word && !dot) || (word && !dotted && words == most_words))
      return text.empty() ? text : text + " ...";
    if (word && !dotted) {
      if (words++ > 0) text += ' ';
    }
    text += lexer.text(token);
    dotted = dot;
  }
}

}  // namespace host::migrations
