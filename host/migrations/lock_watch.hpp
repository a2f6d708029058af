// SPDX-License-Identifier: MIT
// Who stands in a migration's way: looks, from a second session and on a thread of its own, which
// sessions keep a statement waiting for a lock. Once the wait has failed they cannot be told any
// more.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "host/postgres/connection.hpp"

namespace host::migrations {

// "pid 4711 (user 'app', application 'psql'), idle in transaction since 2026-...Z, after UPDATE
// customers SET name ...": never a value.
using Blocker = std::string;

// What describe_session() reads: a process id, and behind it these columns of pg_stat_activity `a`.
extern const std::string_view session_columns;
Blocker describe_session(const postgres::Result& rows, std::size_t row);

class LockWatch {
 public:
  // While a Look lives, `side` is the watch's, and looks about every `interval` for who blocks the
  // backend `pid`.
  LockWatch(postgres::Connection& side, int pid, std::chrono::milliseconds interval);
  LockWatch(const LockWatch&) = delete;
  LockWatch& operator=(const LockWatch&) = delete;
  ~LockWatch();

  // Forgets who was seen before. One at a time; costs next to nothing.
  class Look {
   public:
    explicit Look(LockWatch& watch);
    Look(const Look&) = delete;
    Look& operator=(const Look&) = delete;
    ~Look();  // waits for a query of the watch

   private:
    LockWatch& watch_;
  };

  // Those of the latest Look that was not empty-handed.
  std::vector<Blocker> seen() const;

 private:
  void watch(std::chrono::milliseconds interval);

  postgres::Connection& side_;
  int pid_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool looking_ = false, quit_ = false;
  std::vector<Blocker> seen_;
  std::thread thread_;
};

// The words of a statement up to its first value, at most six: UPDATE customers SET name ...
std::string first_words(std::string_view sql);

}  // namespace host::migrations
