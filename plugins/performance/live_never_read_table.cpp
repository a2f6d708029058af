// SPDX-License-Identifier: MIT
#include "plugins/common/live.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::performance {
namespace {

struct LiveNeverReadTable {
  static constexpr RuleRecord record{
      .id = "performance.live_never_read_table",
      .summary = "Every table of the database is read, and holds rows",
      .severity = Severity::off,
      .kinds = {NodeKind::database},
      .scope = live_scope,
      .why =
          "A table that nobody reads is written, backed up, migrated and explained to newcomers "
          "for\n"
          "nothing; one that is empty may be the remains of an idea. The statistics must be some "
          "days old\n"
          "to say anything, and a replica counts for itself.",
      .bad =
          "CREATE TABLE customer_old AS SELECT * FROM customer;  -- kept for a week, three years "
          "ago",
      .good = "DROP TABLE customer_old;"};

  std::int64_t min_days = 30;
  std::vector<std::string> exclude;
  static constexpr auto params = confiture::params(
      field("min_days", &LiveNeverReadTable::min_days,
            "Days that the server has counted for, at least", "0.."),
      field("exclude", &LiveNeverReadTable::exclude, "Tables that are left alone"));

  void check(const Node& database, Report& report) const {
    const auto rows = rows_of(
        report,
        "SELECT schemaname, relname, pg_relation_size(relid) = 0 AS empty FROM pg_stat_user_tables"
        " WHERE (pg_relation_size(relid) = 0 OR coalesce(seq_scan, 0) + coalesce(idx_scan, 0) = 0)"
        " AND schemaname <> 'confiture' AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = "
        "relid)"
        " AND (SELECT relkind FROM pg_class WHERE oid = relid) = 'r'"
        " AND (SELECT coalesce(stats_reset, pg_postmaster_start_time()) FROM pg_stat_database"
        "   WHERE datname = current_database()) <= now() - $1::int * interval '1 day'"
        " ORDER BY 1, 2",
        {min_days});
    for (const auto& row : rows) {
      const Node table = relation_of(database, *row[0], *row[1]);
      if (is_listed(table, exclude)) continue;
      report
          .add(table,
               "table " + quoted(*row[1]) + (*row[2] == "t" ? " is empty" : " was never read"))
          .hint("find out whom it serves; if nobody, keep a dump and drop it");
    }
  }
};

}  // namespace

RuleExtension live_never_read_table() {
  return confiture::rule<LiveNeverReadTable>();
}

}  // namespace plugins::performance
