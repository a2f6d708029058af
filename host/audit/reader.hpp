// SPDX-License-Identifier: MIT
// Reads the audit, page by page, so that its length does not matter.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/audit/entry.hpp"
#include "host/postgres/connection.hpp"

namespace host::audit {

// Which entries; what is empty lets all pass.
struct Filter {
  std::string since, until;         // from, and before: moments as the server reads a timestamptz
  std::vector<std::string> events;  // "migration.applied", or "migration.*"
  std::string plan_hash;            // its beginning
  std::string run, actor, person;
  std::optional<std::int64_t> last;  // no more than so many, the newest
};

// Calls `each` for the entries in their order. Throws audit.bad_moment.
void read_entries(postgres::Connection& connection, const Filter& filter,
                  const std::function<void(const Entry&)>& each);

// Where the audit says that it ends.
struct Head {
  std::int64_t seq = 0;
  std::string hash = beginning;
};
Head read_head(postgres::Connection& connection);

}  // namespace host::audit
