// SPDX-License-Identifier: MIT
// A database beside the target that becomes it: a copy of the target, which nobody else may connect
// to, where rows are loaded by several sessions and checked; and one transaction, which gives it
// the target's name. Until then the target is what it was, and what was loaded outlives whoever
// loaded.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "host/foundation/cancellation.hpp"
#include "host/postgres/advisory_lock.hpp"
#include "host/postgres/connection.hpp"

namespace host::sync {

// Makes a session with the target's server, in the database of that name.
using ConnectTarget = std::function<std::unique_ptr<postgres::Connection>(const std::string&)>;

// Why the connected database cannot be replaced by another that is renamed; empty: it can. Waits a
// moment for sessions that are about to end, unless those of others are to be ended anyway.
std::string staging_obstacle(postgres::Connection& target, bool end_others);

// [main]
class Staging {
 public:
  // Takes the lock that keeps other syncs off this target, and waits for it that long. `target` is
  // the connected database's own session, which is closed and opened again where that must be.
  Staging(ConnectTarget connect, std::unique_ptr<postgres::Connection>& target,
          std::chrono::milliseconds patience, const Cancellation& cancellation);
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;
  ~Staging();

  const std::string& name() const { return name_; }
  // Whether an interrupted run has left one. Throws sync.staging_taken for a database of that name
  // that no sync made.
  bool exists();
  // Ends the sessions that an interrupted run has left in it. False: it was interrupted in its
  // making, and cannot be entered.
  bool take_over();
  // Removes one that is there, and makes it anew from the target. Throws sync.target_in_use.
  void create(bool end_others);
  // A session with it.
  std::unique_ptr<postgres::Connection> connect() const { return connect_(name_); }
  // Gives it the target's name, settings and rights, ends every session with the target, and
  // connects `target` to what it is now. All other sessions with both are closed already, but that
  // of `target`, which `release` ends any transaction of. A warning: the old database is left over.
  std::optional<std::string> publish(const std::function<void()>& release);
  // Whether publish() came so far that the server may have done it.
  bool may_be_published() const { return may_be_published_; }
  // Removes it; not one that no sync made.
  void discard();

 private:
  void execute_in_use(const std::string& sql);
  void end_target_sessions(postgres::Connection& helper, const std::function<void()>& release,
                           const std::function<bool()>& over);
  void remove(const std::string& database);
  std::optional<bool> is_ours(const std::string& database);

  ConnectTarget connect_;
  std::unique_ptr<postgres::Connection>& target_;
  std::string database_, name_, old_name_, maintenance_, oid_;
  std::unique_ptr<postgres::Connection> admin_;
  std::optional<postgres::AdvisoryLock> lock_;
  bool may_be_published_ = false;
};

}  // namespace host::sync
