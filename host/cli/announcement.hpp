// SPDX-License-Identifier: MIT
// The hooks of the moments between a plan and its run: approved, scheduled, reminder; and what is
// left in the outbox.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "host/cli/context.hpp"
#include "host/hooks/outbox.hpp"
#include "host/hooks/phase.hpp"

namespace host::cli {

// Hooks that talk to the world are told by way of the outbox, written in the transaction of what
// they are told of. A hook that fails is a warning: a channel that is down undoes nothing.
//
//   Announcement announcement(context, CONFITURE_PHASE_SCHEDULED, connection);
//   Transaction transaction(connection);
//   ... connection.execute(announcement.entries()) ...
//   transaction.commit();
//   announcement.make();
class Announcement {
 public:
  // In the environment of -e. Loads plugins only where a hook is bound to the phase. Outlived by
  // the connection.
  Announcement(Context& context, hooks::Phase phase, postgres::Connection& connection);
  // It is about something that did not come to pass: why.
  void fail_with(std::string error) { error_ = std::move(error); }
  // Statements for the outbox; empty where nobody of the world is told by way of it.
  std::string entries() const;
  // After the commit: fires the other hooks, and tells what is due.
  void make();

 private:
  hooks::Event event() const;

  Context& context_;
  hooks::Phase phase_;
  std::string error_;  // empty: nothing went wrong
  postgres::Connection& connection_;
  std::unique_ptr<hooks::Runner> runner_;  // null: no hook is bound
  std::unique_ptr<hooks::Outbox> outbox_;  // null: there is none that this session may use
};

// Tells what is due in the environment of -e.
void deliver_outbox(Context& context, postgres::Connection& connection);

}  // namespace host::cli
