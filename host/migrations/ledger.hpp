// SPDX-License-Identifier: MIT
// What is applied to a database: confiture.history, one row a migration, and what was ever done to
// it: confiture.run_migration. Both are written in the migration's own transaction, and made by the
// first run that has something to write.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/migrations/directory.hpp"
#include "host/postgres/connection.hpp"

namespace host::migrations {

// The advisory lock of whoever changes the schema of a database by confiture.
inline constexpr std::string_view lock_name = "confiture.history";

struct Applied {
  Version version;
  std::string name;
  std::string checksum;
  std::optional<std::string> down_checksum;  // nothing: there was no way back
  std::string applied_at;                    // ISO 8601, UTC
  std::string applied_by;                    // the session's user
  double duration_ms = 0;

  std::string key() const { return name.empty() ? version.text() : version.text() + "_" + name; }
};

// Beside what was done.
struct Occasion {
  std::string_view run = {};   // the id of the run; empty: there is none
  std::string_view note = {};  // of whoever agreed to it
  std::string_view also = {};  // a statement to be run with it: an entry of the audit
};

// [serial], as the connection that it stands on.
class Ledger {
 public:
  explicit Ledger(postgres::Connection& connection) : connection_(connection) {}

  bool exists();
  // Whether all its tables are there, and the audit: an earlier confiture made fewer.
  bool complete();
  // The schema and its tables, and the audit, what is missing of them; in the caller's transaction
  // or its own.
  void create();
  std::vector<Applied> applied();  // by version, the repeatable ones last; none without a ledger
  // What was ever done, as one hash: another one after a migration and its way back.
  std::string state();
  // Inside a transaction. All first give up a role that the file has taken on.
  void record(const Migration& migration, double duration_ms, const Occasion& occasion = {});
  void take_back(const Migration& migration, double duration_ms, const Occasion& occasion = {});
  // When and by whom a recorded migration was applied before confiture knew of it; empty: as it is.
  void backdate(const Version& version, const std::string& applied_at,
                const std::string& applied_by);
  // Without a trace, for a schema that was dropped as a whole.
  void erase(const Version& version);

 private:
  bool has_notes();
  postgres::Connection& connection_;
};

}  // namespace host::migrations
