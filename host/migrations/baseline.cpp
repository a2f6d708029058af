// SPDX-License-Identifier: MIT
#include "host/migrations/baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "host/foundation/text.hpp"
#include "host/migrations/errors.hpp"
#include "host/migrations/flyway_checksum.hpp"
#include "host/migrations/reading.hpp"

namespace host::migrations {
namespace {

// As Flyway describes it: "my view" for R__my_view.sql.
std::string description_of(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

const Migration* find_row(const Directory& directory, const ForeignRow& row) {
  if (!row.repeatable) {
    const std::optional<Version> version = Version::parse(row.version);
    return version ? directory.find(*version) : nullptr;
  }
  const auto found = std::find_if(
      directory.migrations.begin(), directory.migrations.end(), [&](const Migration& each) {
        return each.repeatable() && description_of(each.name) == row.version;
      });
  return found == directory.migrations.end() ? nullptr : &*found;
}

// Flyway hashes a repeatable one with its variables replaced, unless they are switched off.
bool fits(const Migration& migration, const ForeignRow& row) {
  if (!row.checksum || *row.checksum == flyway_checksum(migration.up.text)) return true;
  return migration.repeatable() &&
         *row.checksum == flyway_checksum(read_statements(migration.up).script.source().text());
}

class Taking {
 public:
  Taking(const Directory& directory, const ForeignHistory& history)
      : directory_(directory), history_(history) {}

  Baseline run() && {
    for (const ForeignRow& row : history_.rows)
      if (row.through) {
        take_through(row);
      } else {
        take(row);
      }
    if (!missing_.empty()) refuse_missing();
    auto& entries = baseline_.entries;
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
      return a.migration->version < b.migration->version;
    });
    return std::move(baseline_);
  }

 private:
  void take_through(const ForeignRow& row) {
    const std::optional<Version> last = Version::parse(row.version);
    // golang-migrate's version is one of its files; Flyway's baseline need not be.
    if (!last || (row.applied_at.empty() && directory_.find(*last) == nullptr))
      return missing_.push_back(row.version);
    for (const Migration& migration : directory_.migrations)
      if (migration.version <= *last) add(migration, row);
  }

  void take(const ForeignRow& row) {
    const Migration* migration = find_row(directory_, row);
    if (migration == nullptr) return missing_.push_back(row.version);
    if (fits(*migration, row)) return add(*migration, row);
    if (migration->repeatable()) return;
    throw Error(
        errors::edited,
        fmt::format("migration '{}' was edited after Flyway had applied it", migration->key()),
        "restore the text that was applied, or accept the new one with 'flyway repair'",
        Place{migration->up.shown_as, 0, 0});
  }

  void add(const Migration& migration, const ForeignRow& row) {
    baseline_.entries.push_back({&migration, row.applied_at, row.applied_by, row.duration_ms});
  }

  [[noreturn]] void refuse_missing() const {
    const bool one = missing_.size() == 1;
    throw Error(errors::no_file,
                fmt::format("{} of '{}' {} no file in '{}'", join_words(missing_), history_.table,
                            one ? "has" : "have", directory_.shown_as),
                "restore what was applied from version control", Place{});
  }

  const Directory& directory_;
  const ForeignHistory& history_;
  Baseline baseline_;
  std::vector<std::string> missing_;
};

}  // namespace

Baseline baseline_through(const Directory& directory, const Version& version) {
  if (directory.find(version) == nullptr) {
    std::vector<std::string> known;
    for (const Migration& each : directory.migrations)
      if (!each.repeatable()) known.push_back(each.version.text());
    throw Error(errors::unknown_version, fmt::format("no migration has version {}", version.text()),
                suggest_name(version.text(), known));
  }
  Baseline baseline;
  for (const Migration& each : directory.migrations)
    if (each.version <= version) baseline.entries.push_back({&each, {}, {}, 0});
  return baseline;
}

Baseline baseline_from(const Directory& directory, const ForeignHistory& history) {
  return Taking(directory, history).run();
}

void check_baseline(const Baseline& baseline, const std::vector<Applied>& applied) {
  for (const Baseline::Entry& entry : baseline.entries) {
    const auto known = std::find_if(applied.begin(), applied.end(), [&](const Applied& each) {
      return each.version == entry.migration->version;
    });
    if (known == applied.end()) continue;
    throw Error(errors::already_recorded,
                fmt::format("migration '{}' is recorded already, since {}", known->key(),
                            known->applied_at),
                "a baseline is for migrations that confiture does not know yet: confiture migrate "
                "status lists the others");
  }
}

void record_baseline(const Baseline& baseline, postgres::Connection& connection,
                     const audit::Trail& trail) {
  Ledger ledger(connection);
  for (const Baseline::Entry& entry : baseline.entries) {
    boost::json::object facts{{"version", entry.migration->version.text()},
                              {"name", entry.migration->name},
                              {"checksum", entry.migration->up.checksum}};
    if (!entry.applied_at.empty()) facts["applied_at"] = entry.applied_at;
    if (!entry.applied_by.empty()) facts["applied_by"] = entry.applied_by;
    ledger.record(*entry.migration, entry.duration_ms,
                  {trail.origin().run, {}, trail.sql("baseline.recorded", facts)});
    if (entry.applied_at.empty() && entry.applied_by.empty()) continue;
    ledger.backdate(entry.migration->version, entry.applied_at, entry.applied_by);
  }
}

}  // namespace host::migrations
