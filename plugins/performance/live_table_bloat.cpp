// SPDX-License-Identifier: MIT
#include "plugins/common/live.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::performance {
namespace {

struct LiveTableBloat {
  static constexpr RuleRecord record{.id = "performance.live_table_bloat",
                                     .summary = "Tables hold few dead rows",
                                     .severity = Severity::off,
                                     .kinds = {NodeKind::database},
                                     .scope = live_scope,
                                     .why =
                                         "An UPDATE or DELETE leaves its old row behind until "
                                         "VACUUM comes. A table of which a good part\n"
                                         "is dead is read more slowly, and its indexes grow. Look "
                                         "for what keeps VACUUM from its work: a\n"
                                         "transaction that stays open, an abandoned replication "
                                         "slot, autovacuum_vacuum_scale_factor of a\n"
                                         "large table.",
                                     .bad =
                                         "CREATE TABLE queue (id bigint PRIMARY KEY, task text);\n"
                                         "-- and a program that updates every row each minute",
                                     .good =
                                         "CREATE TABLE queue (id bigint PRIMARY KEY, task text) "
                                         "WITH (autovacuum_vacuum_scale_factor = 0.01);"};

  std::int64_t max_percent = 20;
  std::int64_t min_dead_rows = 10000;
  std::vector<std::string> exclude;
  static constexpr auto params =
      confiture::params(field("max_percent", &LiveTableBloat::max_percent,
                              "Dead rows of a hundred that are accepted", "0..100"),
                        field("min_dead_rows", &LiveTableBloat::min_dead_rows,
                              "Dead rows that are worth a finding", "0.."),
                        field("exclude", &LiveTableBloat::exclude, "Tables that are left alone"));

  void check(const Node& database, Report& report) const {
    const auto rows = rows_of(
        report,
        "SELECT schemaname, relname, n_dead_tup, n_dead_tup * 100 / (n_live_tup + n_dead_tup)"
        " FROM pg_stat_user_tables WHERE n_dead_tup > 0 AND n_dead_tup >= $1::bigint"
        " AND n_dead_tup * 100 > (n_live_tup + n_dead_tup) * $2::bigint AND schemaname <> "
        "'confiture'"
        " ORDER BY 1, 2",
        {min_dead_rows, max_percent});
    for (const auto& row : rows) {
      const Node table = relation_of(database, *row[0], *row[1]);
      if (is_listed(table, exclude)) continue;
      report
          .add(table, text(*row[2]) + " rows of table " + quoted(*row[1]) + " are dead, " +
                          text(*row[3]) + " of a hundred")
          .hint("find out what keeps VACUUM from cleaning it, and let autovacuum come sooner");
    }
  }
};

}  // namespace

RuleExtension live_table_bloat() {
  return confiture::rule<LiveTableBloat>();
}

}  // namespace plugins::performance
