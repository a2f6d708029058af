// SPDX-License-Identifier: MIT
// What another tool's own table says was applied to a database. Read, never written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/config/layout.hpp"
#include "host/migrations/version.hpp"
#include "host/postgres/connection.hpp"

namespace host::migrations {

struct ForeignRow {
  std::string version;  // as the tool wrote it; of a repeatable one: its description
  bool repeatable = false;
  bool through = false;    // everything up to this version, itself included
  std::string applied_at;  // as timestamptz writes it; empty: not known
  std::string applied_by;  // empty: not known
  double duration_ms = 0;
  std::optional<std::int32_t> checksum;  // Flyway's
};

struct ForeignHistory {
  std::string table;  // as SQL writes it, for messages
  std::vector<ForeignRow> rows;
};

// `table`: as SQL writes it, or nothing for the tool's own name, looked up in the search_path.
// Throws baseline.no_history where there is no such table or it is not that tool's, and
// baseline.dirty_history where the tool noted that a migration stopped half-way.
ForeignHistory read_foreign_history(postgres::Connection& connection, config::Layout tool,
                                    const std::optional<std::string>& table);

}  // namespace host::migrations
