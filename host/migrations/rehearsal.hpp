// SPDX-License-Identifier: MIT
// A plan executed and rolled back, to see what it does: which statements fail, which locks they
// take, what they rewrite and scan, how long they take. It takes these locks for as long as it
// lasts, and what no rollback takes back stays: sequences have moved on, deleted rows leave room.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "host/migrations/execution.hpp"
#include "host/migrations/observation.hpp"

namespace host::migrations {

// What became of one statement.
struct Trial {
  bool executed = false;
  std::string why;  // it was not
  double duration_ms = 0;
  Observation observation;
};

struct Rehearsal {
  std::vector<std::vector<Trial>> steps;  // of each step of the plan, one a statement
  std::size_t not_executed() const;
};

// Everything in one transaction, with the hooks that run inside of transactions, on `run`'s
// connection. A statement that cannot run in a transaction is left out; what needs a commit before
// it (a procedure that commits, a new value of an enumeration) ends it there. Throws what a failure
// of the plan would throw.
Rehearsal rehearse(const Execution& run);

}  // namespace host::migrations
