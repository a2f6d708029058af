// SPDX-License-Identifier: MIT
// An event as one JSON document, for the program's standard input.
#pragma once

#include <confiture/plugin.hpp>

#include <string>

namespace exec {

// {"phase", "environment", "database", "status", "direction", "dry_run", "error", "duration_ms",
//  "row_count", "migration": {"version", "name", "summary", "author", "checksum", "risk", "sql"} or
//  null, "plan": [{"version", "name", "checksum", "risk"}]}
std::string event_json(const confiture::Event& event);

}  // namespace exec
