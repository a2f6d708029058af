// SPDX-License-Identifier: MIT
// What is applied to a database: confiture.history, one row a migration, written in the
// migration's own transaction. Made by the first run that has something to write.
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

// [serial], as the connection that it stands on.
class Ledger {
 public:
  explicit Ledger(postgres::Connection& connection) : connection_(connection) {}

  bool exists();
  // The schema and its tables, where they are missing; in the caller's transaction or its own.
  void create();
  std::vector<Applied> applied();  // by version, the repeatable ones last; none without a ledger
  // Inside a transaction. Both first give up a role that the file has taken on.
  void record(const Migration& migration, double duration_ms);
  void erase(const Version& version);
  // When and by whom a recorded migration was applied before confiture knew of it; empty: as it is.
  void backdate(const Version& version, const std::string& applied_at,
                const std::string& applied_by);

 private:
  postgres::Connection& connection_;
};

}  // namespace host::migrations
