// SPDX-License-Identifier: MIT
// One run at a time: a session-level advisory lock, polled and never waited for in the server,
// since a blocked pg_advisory_lock() and CREATE INDEX CONCURRENTLY deadlock.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "host/foundation/cancellation.hpp"
#include "host/postgres/connection.hpp"

namespace host::postgres {

struct LockHolder {
  int pid = 0;
  std::string application, user, client, since;
};

// What the wait for a lock has to say. Both may be empty.
struct LockReport {
  std::function<std::string(const LockHolder&)> about;  // ", running 'x'": what else is known of it
  std::function<void(std::string_view)> message;        // once, when there is somebody to wait for
};

// A session-level lock, and much else, belongs to a server session, and behind a pooler there is no
// telling which. Throws postgres.pooler where the process id that the client was given is made up.
void refuse_pooler(Connection& connection);

// A standby takes the lock and then no write. Throws postgres.standby before anything is begun there.
void refuse_standby(Connection& connection);

// Holds the lock of one database's ledger for as long as it lives. The connection should do nothing
// else and stay outside a transaction.
class AdvisoryLock {
 public:
  // Polls until `patience` is over, then throws postgres.locked (exit 6) naming the holder.
  AdvisoryLock(Connection& connection, std::string_view name, std::chrono::milliseconds patience,
               const Cancellation& cancellation, const LockReport& report = {});
  AdvisoryLock(const AdvisoryLock&) = delete;
  AdvisoryLock& operator=(const AdvisoryLock&) = delete;
  ~AdvisoryLock();

  // Asks the server. A session that was reset has lost it.
  bool held() const;

 private:
  Connection& connection_;
  std::int64_t key_;
};

}  // namespace host::postgres
