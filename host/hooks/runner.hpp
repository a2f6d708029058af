// SPDX-License-Identifier: MIT
// Runs the hooks of a phase: in order, each within its time limit, a failure treated as its binding
// says. What a run of migrations and a sync share.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/extensions/instance.hpp"
#include "host/hooks/binding.hpp"
#include "host/hooks/event.hpp"
#include "host/hooks/watchdog.hpp"

namespace host::hooks {

class Runner {
 public:
  struct Setting {
    std::string environment;                     // its name
    std::string database;                        // its name on the server
    std::function<void(std::string_view)> warn;  // what `on_error: warn` has to say; may be empty
  };

  // Creates every hook's action. The session outlives the runner. [main]
  Runner(std::vector<Hook> hooks, extensions::Session& session, Setting setting);
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;
  ~Runner();

  // Runs the hooks of the event's phase that take part in it. Throws hooks.failed (exit 7) for the
  // first failure of a hook with `on_error: abort`, postgres.connection_lost where it failed for
  // want of the connection (in a transaction, whatever `on_error` says), run.interrupted where the
  // user asked to stop. In a transaction, a hook that may fail runs in a savepoint; after one with
  // `abort` the transaction is the caller's to roll back. The on_error phase never throws
  // hooks.failed: its failures are warnings. `connection` may be null: there is no database to talk
  // to.
  void fire(const Event& event, postgres::Connection* connection);

  // Runs one of all(), whatever its binding says about failures: what went wrong, or nothing.
  // Throws run.interrupted.
  std::optional<std::string> tell(const Hook& hook, const Event& event,
                                  postgres::Connection* connection);

  extensions::Session& session() const { return session_; }
  const std::string& environment() const { return setting_.environment; }
  std::vector<const Hook*> all() const;
  // The hooks that fire() would run, in order.
  std::vector<const Hook*> find(const Event& event) const;
  // All hooks as one text for the plan's hash: see canonical.hpp.
  std::string canonical() const;
  // The longest time limit there is, for the limits around the hooks.
  std::chrono::milliseconds longest_timeout() const;
  // Whether any hook there is changes something: see Hook::writes().
  bool may_write() const;
  // Everything that ran or was skipped, in order.
  const std::vector<Outcome>& outcomes() const { return outcomes_; }

 private:
  struct Bound;
  void run_one(Bound& bound, const Event& event, postgres::Connection* connection);
  std::optional<Error> attempt(Bound& bound, const Event& event, postgres::Connection* connection);
  void settle(const Hook& hook, const Event& event, const Error& error, ErrorCode code);

  std::vector<std::unique_ptr<Bound>> bound_;
  extensions::Session& session_;
  Setting setting_;
  std::vector<Outcome> outcomes_;
  Watchdog watchdog_;
};

}  // namespace host::hooks
