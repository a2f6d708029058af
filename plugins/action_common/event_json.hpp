// SPDX-License-Identifier: MIT
// An event as one JSON document, and its parts in words.
#pragma once

#include <confiture/plugin.hpp>

#include <string>
#include <string_view>

namespace action_common {

std::string_view phase_name(confiture::Phase phase);  // "post_execute"

// What hooks of this run have left for later ones, {"KEY": "VALUE"}.
std::string metadata_json(const confiture::Context& context);

enum class Detail { brief, whole };

// {"phase", "environment", "database", "status", "direction", "error", "dry_run", "duration_ms",
//  "row_count", "metadata": {...}, "migration": {"version", "name", "checksum", "risk", "summary",
//  "author", "sql"} or null, "plan": [{"version", "name", "checksum", "risk"}]}
// Brief: without the migration's "sql".
std::string event_json(const confiture::Event& event, const confiture::Context& context,
                       Detail detail = Detail::whole);

}  // namespace action_common
