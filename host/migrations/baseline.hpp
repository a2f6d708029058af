// SPDX-License-Identifier: MIT
// Migrations that are in a database before confiture is: recorded as applied, not run.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/audit/trail.hpp"
#include "host/migrations/directory.hpp"
#include "host/migrations/foreign_history.hpp"
#include "host/migrations/ledger.hpp"

namespace host::migrations {

// What to record. The migrations live with the Directory.
struct Baseline {
  struct Entry {
    const Migration* migration = nullptr;
    std::string applied_at;  // as timestamptz writes it; empty: now
    std::string applied_by;  // empty: the session's user
    double duration_ms = 0;
  };
  std::vector<Entry> entries;  // by version, the repeatable ones last
};

// All up to and with a version. Throws migration.unknown_version.
Baseline baseline_through(const Directory& directory, const Version& version);

// All that another tool's history has. Throws baseline.no_file naming every version of it that has
// no file, and migration.edited for a file that Flyway's checksum does not fit; a repeatable one
// that it does not fit is left out, and so will run.
Baseline baseline_from(const Directory& directory, const ForeignHistory& history);

// Throws baseline.already_recorded for the first that the ledger has.
void check_baseline(const Baseline& baseline, const std::vector<Applied>& applied);

// Inside a transaction; the ledger is there, and the trail is that of the run.
void record_baseline(const Baseline& baseline, postgres::Connection& connection,
                     const audit::Trail& trail);

}  // namespace host::migrations
