// SPDX-License-Identifier: MIT
#include "plugins/common/live.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::performance {
namespace {

struct LiveUnusedIndex {
  static constexpr RuleRecord record{
      .id = "performance.live_unused_index",
      .summary = "Every index of the database is used by some query",
      .severity = Severity::off,
      .kinds = {NodeKind::database},
      .scope = live_scope,
      .why =
          "An index that no query reads still costs: each INSERT and most UPDATEs write it, "
          "VACUUM cleans it,\nand it takes memory from those that are read. Unique indexes and "
          "primary keys are left out, since\nthey keep a promise. Statistics of a few days say "
          "little: look at the replicas too, which count for\nthemselves, and at the work of "
          "the end of the month.",
      .bad =
          "CREATE TABLE visit (id bigint PRIMARY KEY, agent text);\n"
          "CREATE INDEX visit_agent_idx ON visit (agent);  -- and no query ever looks for an agent",
      .good = "CREATE TABLE visit (id bigint PRIMARY KEY, agent text);"};

  std::int64_t min_days = 7;
  std::int64_t min_size_mb = 1;
  std::vector<std::string> exclude;
  static constexpr auto params = confiture::params(
      field("min_days", &LiveUnusedIndex::min_days,
            "Days that the server has counted for, at least", "0.."),
      field("min_size_mb", &LiveUnusedIndex::min_size_mb,
            "Size of an index that is worth a finding", "0.."),
      field("exclude", &LiveUnusedIndex::exclude, "Indexes or tables that are left alone"));

  void check(const Node& database, Report& report) const {
    const auto rows = rows_of(
        report,
        "SELECT s.schemaname, s.relname, s.indexrelname, "
        "pg_size_pretty(pg_relation_size(s.indexrelid))"
        " FROM pg_stat_user_indexes s JOIN pg_index i USING (indexrelid) WHERE s.idx_scan = 0"
        " AND i.indisvalid AND NOT i.indisunique AND NOT i.indisexclusion"
        " AND pg_relation_size(s.indexrelid) >= $1::bigint * 1048576"
        " AND s.schemaname <> 'confiture'"
        " AND (SELECT coalesce(stats_reset, pg_postmaster_start_time()) FROM pg_stat_database"
        "   WHERE datname = current_database()) <= now() - $2::int * interval '1 day'"
        " ORDER BY 1, 2, 3",
        {min_size_mb, min_days});
    for (const auto& row : rows) {
      const Node table = relation_of(database, *row[0], *row[1]);
      const Node index = part_of(table, *row[2]);
      if (is_listed(table, exclude) || is_listed(index, exclude)) continue;
      report.add(index, "no query has used index " + quoted(*row[2]) + " (" + text(*row[3]) + ")")
          .hint("make sure that no replica uses it, and drop it with DROP INDEX CONCURRENTLY");
    }
  }
};

}  // namespace

RuleExtension live_unused_index() {
  return confiture::rule<LiveUnusedIndex>();
}

}  // namespace plugins::performance
