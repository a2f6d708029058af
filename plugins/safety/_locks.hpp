// SPDX-License-Identifier: MIT
// The locks of a statement that others wait for, beyond the one on the relation that it is about.
#pragma once

#include "plugins/safety/_actions.hpp"

namespace plugins::safety {

struct Lock {
  Node at;               // the statement, or the part of it that takes the lock
  std::string relation;  // as SQL writes it
  std::string_view mode;
  bool table = true;  // no view, index or sequence

  bool is_exclusive() const { return mode == "access_exclusive"; }
};

// Those that keep readers or writers waiting, on relations that were there before the file: the
// tables that a foreign key refers to and partitioned tables are among them.
std::vector<Lock> strong_locks(const Node& statement);

// Whether the statement sets the parameter, by SET, RESET or set_config().
bool sets(const Node& statement, std::string_view parameter, const Report& report);

// "90 s", "5 min", "1500 ms".
std::string duration(std::int64_t milliseconds);

}  // namespace plugins::safety
