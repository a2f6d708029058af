// SPDX-License-Identifier: MIT
#include "host/migrations/observation.hpp"

#include <algorithm>
#include <array>

#include "host/postgres/quote.hpp"

namespace host::migrations {
namespace {

using postgres::Result;

struct Mode {
  std::string_view catalog, sql;
};
constexpr std::array<Mode, 8> modes{{{"AccessShareLock", "ACCESS SHARE"},
                                     {"RowShareLock", "ROW SHARE"},
                                     {"RowExclusiveLock", "ROW EXCLUSIVE"},
                                     {"ShareUpdateExclusiveLock", "SHARE UPDATE EXCLUSIVE"},
                                     {"ShareLock", "SHARE"},
                                     {"ShareRowExclusiveLock", "SHARE ROW EXCLUSIVE"},
                                     {"ExclusiveLock", "EXCLUSIVE"},
                                     {"AccessExclusiveLock", "ACCESS EXCLUSIVE"}}};

}  // namespace

std::string_view sql_lock_mode(const std::string& catalog) {
  const auto* found = std::find_if(modes.begin(), modes.end(),
                                   [&](const Mode& mode) { return mode.catalog == catalog; });
  return found == modes.end() ? std::string_view(catalog) : found->sql;
}

int lock_rank(std::string_view mode) {
  const auto* found =
      std::find_if(modes.begin(), modes.end(), [&](const Mode& each) { return each.sql == mode; });
  return found == modes.end() ? 0 : static_cast<int>(found - modes.begin()) + 1;
}

Observer::Observer(postgres::Connection& connection)
    : connection_(connection), first_(read_relations()), last_(first_) {
  Observation ignored;
  note_locks(ignored);
}

Observation Observer::look() {
  Observation seen;
  note_locks(seen);
  Relations now = read_relations();
  for (const auto& [oid, relation] : first_) {
    const auto before = last_.find(oid), after = now.find(oid);
    if (before == last_.end() || after == now.end()) continue;
    const bool table = relation.kind == 'r' || relation.kind == 'm';
    if (table && after->second.scans > before->second.scans) seen.scanned.push_back(relation.name);
    if (after->second.file == before->second.file) continue;
    if (table) seen.rewritten.push_back(relation.name);
    if (relation.kind == 'i') {
      const auto owner_before = last_.find(relation.table), owner = now.find(relation.table);
      if (owner_before != last_.end() && owner != now.end() &&
          owner_before->second.file == owner->second.file)
        seen.rebuilt.push_back(relation.name);
    }
  }
  last_ = std::move(now);
  return seen;
}

Observer::Relations Observer::read_relations() {
  const Result rows = connection_.query(
      "SELECT c.oid, n.nspname, c.relname, c.relkind, pg_catalog.pg_relation_filenode(c.oid), "
      "coalesce(pg_catalog.pg_stat_get_xact_numscans(c.oid), 0), coalesce(i.indrelid, 0) "
      "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid "
      "WHERE c.relkind IN ('r', 'p', 'm', 'i', 'S', 'v', 'f') AND n.nspname !~ '^pg_' "
      "AND n.nspname NOT IN ('information_schema', 'confiture')");
  Relations relations;
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const postgres::TableName name{rows.text(row, 1), rows.text(row, 2)};
    relations.emplace(rows.text(row, 0),
                      Relation{name.sql(), rows.text(row, 6), rows.text(row, 3).front(),
                               rows.text(row, 4), rows.integer(row, 5)});
  }
  return relations;
}

void Observer::note_locks(Observation& seen) {
  const Result rows = connection_.query(
      "SELECT relation, mode FROM pg_catalog.pg_locks WHERE pid = pg_catalog.pg_backend_pid() "
      "AND locktype = 'relation' AND granted AND database = "
      "(SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())");
  seen.rank_before = rank_;
  std::map<std::string, std::string> strongest;  // mode by oid
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const std::string oid = rows.text(row, 0), mode(sql_lock_mode(rows.text(row, 1)));
    if (!locks_.emplace(oid, mode).second || first_.count(oid) == 0) continue;
    std::string& held = strongest[oid];
    if (lock_rank(mode) > lock_rank(held)) held = mode;
    rank_ = std::max(rank_, lock_rank(mode));
  }
  for (const auto& [oid, mode] : strongest) seen.locks.push_back({first_.at(oid).name, mode});
  std::sort(seen.locks.begin(), seen.locks.end(), [](const HeldLock& a, const HeldLock& b) {
    const int left = lock_rank(a.mode), right = lock_rank(b.mode);
    return left != right ? left > right : a.relation < b.relation;
  });
}

}  // namespace host::migrations
