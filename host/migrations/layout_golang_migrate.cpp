// SPDX-License-Identifier: MIT
// golang-migrate: VERSION_NAME.up.sql and VERSION_NAME.down.sql. It sends a file to the server as
// it is, so that nothing in it says whether it runs in a transaction: a file with a statement that
// cannot runs without one, and a file may begin and commit by itself.
#include <fmt/format.h>

#include "host/migrations/paired_files.hpp"

namespace host::migrations {
namespace {

constexpr config::Layout id = config::Layout::golang_migrate;

// Its names are those of confiture's own layout, which answers for both.
bool claims(const Entry&) {
  return false;
}

Found read(const std::vector<Entry>& entries) {
  Found found;
  for (const Entry& entry : entries) {
    const auto name = entry.in_subfolder() ? std::nullopt : parse_pair_name(entry.name);
    if (name) {
      add_pair_file(entry, *name, id, found);
    } else if (entry.is_sql()) {
      found.warnings.push_back(stray(entry, id));
    }
  }
  for (Migration& each : found.migrations) each.up.transaction = TransactionRule::detected;
  for (Attached& each : found.attached) each.file.transaction = TransactionRule::detected;
  return found;
}

std::vector<std::pair<std::string, std::string>> create(const Version& version,
                                                        const std::string& name) {
  const std::string stem = stem_of(version, name);
  return {{stem + ".up.sql", ""}, {stem + ".down.sql", ""}};
}

}  // namespace

extern const Layout golang_migrate_layout;
const Layout golang_migrate_layout{id, claims, read, "no BEGIN and no COMMIT in it", create};

}  // namespace host::migrations
