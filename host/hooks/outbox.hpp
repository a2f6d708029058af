// SPDX-License-Identifier: MIT
// What others have yet to be told: confiture.outbox, one row for each hook that talks to the world
// in a phase that undoes nothing any more. A row is written in the transaction of what it tells,
// and stays until its hook has run without a failure: at least once, with the same key each time.
// A channel that is down stops nothing.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "host/extensions/instance.hpp"
#include "host/hooks/runner.hpp"
#include "host/postgres/connection.hpp"

namespace host::hooks {

// Whether hooks of the phase that talk to the world are told by way of the outbox: post_complete,
// on_error, approval_requested, approved, scheduled, reminder.
bool is_queued(Phase phase);

// The metadata that holds the key of a delivery while it is under way: for receivers that drop what
// they have seen.
inline constexpr const char* delivery_key = "delivery.key";

// The metadata that holds where the audit of the database ended when the event was told, SEQ:HASH:
// whoever gets it can tell later whether that was written anew.
inline constexpr const char* audit_head = "chain.head";

// [main]
class Outbox {
 public:
  // The runner outlives it.
  explicit Outbox(Runner& runner) : runner_(runner), session_(runner.session()) {}

  static bool exists(postgres::Connection& connection);
  // Whether this session may put something in and take it out.
  static bool usable(postgres::Connection& connection);
  // Makes the table where it is missing, in the caller's transaction or its own.
  static void create(postgres::Connection& connection);
  // "GRANT ...": what it takes to use it; the name is quoted already.
  static std::string grants(const std::string& quoted_role);

  // Whether there is ever anybody to tell.
  bool needed() const;
  // Statements that put the event in, each with a semicolon; empty where it concerns nobody.
  std::string entries(const Event& event) const;

  // Tells what is due in the environment of the runner, and what its hooks' failures were, to
  // `warn`; they are tried again, later and later, for a week. Outside a transaction. Throws
  // run.interrupted, and what the connection throws.
  void deliver(postgres::Connection& connection,
               const std::function<void(std::string_view)>& warn) const;

 private:
  std::string pack(const Event& event) const;
  const Hook* find(const std::string& phase, const std::string& name, const std::string& action,
                   const std::string& fingerprint) const;
  void deliver_one(postgres::Connection& connection, const std::string& id,
                   const std::function<void(std::string_view)>& warn) const;

  Runner& runner_;
  extensions::Session& session_;
};

}  // namespace host::hooks
