// SPDX-License-Identifier: MIT
// What a hook is told, in the host's own form, and what became of it.
#pragma once

#include <boost/json/fwd.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "host/hooks/phase.hpp"
#include "host/sql/node.hpp"

namespace host::hooks {

// Which hooks of a phase: in a transactional phase, those that run inside the transaction and those
// that talk to the world are fired at two moments.
enum class Part { all, inside, outside };

// Texts and nodes live until fire() returns.
struct Event {
  Phase phase = 0;
  Part part = Part::all;
  bool dry_run = false;
  bool in_transaction = false;
  std::string_view status;     // "pending", "applied", "rolled_back" or "error"
  std::string_view direction;  // "up", "down" or "sync"
  std::string_view error;      // on_error: the message
  std::chrono::microseconds duration{0};
  std::uint64_t row_count = 0;           // sync: rows written
  const sql::Node* migration = nullptr;  // null in phases of the whole run
  std::string_view migration_key;        // VERSION_NAME of it, for the hooks' globs and messages
  const sql::Node* plan = nullptr;       // null: an empty plan is shown
};

struct Outcome {
  enum class Status { ok, failed, warned, ignored, skipped };
  Phase phase = 0;
  std::string action, name;
  std::string migration;  // its key, or empty
  Status status = Status::ok;
  double duration_ms = 0;
};

std::string_view to_string(Outcome::Status status);
// {"phase", "action", "name", "status", "duration_ms"}, and "migration" where there is one.
boost::json::object to_object(const Outcome& outcome);

}  // namespace host::hooks
