// SPDX-License-Identifier: MIT
// Who may say no to a run, and keeps note of what was done with their yes: how approvals reach the
// engine, which knows nothing of them.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "host/postgres/connection.hpp"

namespace host::migrations {

// Both may be empty: nobody has a say. `run` is the id of the run.
struct Permit {
  // Throws where the plan may not run: once it is made, and again before each of its steps, then
  // in the step's transaction where it has one.
  std::function<void(postgres::Connection& connection, const std::string& run)> check;
  // In the transaction that makes a step of the plan done: both are there, or neither. Returns a
  // statement for the audit, to be run at the end of that transaction; empty: none.
  std::function<std::string(postgres::Connection& connection, const std::string& run,
                            std::size_t step)>
      use;
};

}  // namespace host::migrations
