// SPDX-License-Identifier: MIT
// One run at a time: a session-level advisory lock, polled and never waited for in the server,
// since a blocked pg_advisory_lock() and CREATE INDEX CONCURRENTLY deadlock.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "host/foundation/cancellation.hpp"
#include "host/postgres/connection.hpp"

namespace host::postgres {

struct LockHolder {
  int pid = 0;
  std::string application, user, client, since;
};

// Holds the lock of one database's ledger for as long as it lives. The connection should do nothing
// else and stay outside a transaction.
class AdvisoryLock {
 public:
  // Polls until `patience` is over, then throws postgres.locked (exit 6) naming the holder.
  AdvisoryLock(Connection& connection, std::string_view name, std::chrono::milliseconds patience,
               const Cancellation& cancellation);
  AdvisoryLock(const AdvisoryLock&) = delete;
  AdvisoryLock& operator=(const AdvisoryLock&) = delete;
  ~AdvisoryLock();

 private:
  Connection& connection_;
  std::int64_t key_;
};

}  // namespace host::postgres
