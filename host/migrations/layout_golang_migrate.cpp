// SPDX-License-Identifier: MIT
// golang-migrate: VERSION_NAME.up.sql and VERSION_NAME.down.sql. It sends a file to the server as
// it is, so that nothing in it says whether it runs in a transaction: a file with a statement that
// cannot runs without one, and a file may begin and commit by itself.
#include <algorithm>

#include "host/migrations/header.hpp"
#include "host/migrations/paired_files.hpp"

namespace host::migrations {
namespace {

constexpr config::Layout id = config::Layout::golang_migrate;

// Its names are those of confiture's own layout, which answers for both: see seems_golang_migrate.
bool claims(const Entry&) {
  return false;
}

bool is_made_by_create(const Version& version) {
  constexpr std::size_t sequence = 6, unix_time = 10;  // digits
  const std::string& text = version.text();
  return text.size() == unix_time || (text.size() == sequence && text.front() == '0');
}

bool has_header(const Entry& entry) {
  try {
    return !parse_header(sql::Source(entry.shown_as, entry.text()), false).empty();
  } catch (const Error&) {
    return true;  // one that makes no sense
  }
}

Found read(const std::vector<Entry>& entries) {
  Found found;
  found.migrations.reserve(entries.size());
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

bool seems_golang_migrate(const std::vector<Entry>& entries) {
  return std::all_of(entries.begin(), entries.end(), [](const Entry& entry) {
    if (entry.in_subfolder() || !entry.is_sql()) return true;
    const auto name = parse_pair_name(entry.name);
    if (!name) return !entry.name.starts_with("R_");
    return name->part != PairName::Part::verify && is_made_by_create(name->version) &&
           !has_header(entry);
  });
}

extern const Layout golang_migrate_layout;
const Layout golang_migrate_layout{id, claims, read, "no BEGIN and no COMMIT in it", create};

}  // namespace host::migrations
