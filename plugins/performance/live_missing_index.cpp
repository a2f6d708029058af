// SPDX-License-Identifier: MIT
#include "plugins/common/live.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::performance {
namespace {

struct LiveMissingIndex {
  static constexpr RuleRecord record{
      .id = "performance.live_missing_index",
      .summary = "Large tables are searched by their indexes",
      .severity = Severity::off,
      .kinds = {NodeKind::database},
      .scope = live_scope,
      .why =
          "A table that is mostly read from its beginning to its end lacks an index for what is "
          "asked of\n"
          "it. pg_stat_statements and auto_explain tell which query it is. Small tables are left "
          "out:\n"
          "reading them whole is the best plan.",
      .bad =
          "CREATE TABLE visit (id bigint PRIMARY KEY, agent text);\n"
          "-- and SELECT ... WHERE agent = 'curl', a thousand times an hour",
      .good =
          "CREATE TABLE visit (id bigint PRIMARY KEY, agent text);\n"
          "CREATE INDEX visit_agent_idx ON visit (agent);"};

  std::int64_t min_rows = 10000;
  std::int64_t min_scans = 1000;
  std::vector<std::string> exclude;
  static constexpr auto params = confiture::params(
      field("min_rows", &LiveMissingIndex::min_rows, "Rows of a table that is large", "0.."),
      field("min_scans", &LiveMissingIndex::min_scans,
            "Scans of the whole table that are worth a finding", "1.."),
      field("exclude", &LiveMissingIndex::exclude, "Tables that are left alone"));

  void check(const Node& database, Report& report) const {
    const auto rows = rows_of(
        report,
        "SELECT schemaname, relname, seq_scan, coalesce(idx_scan, 0) FROM pg_stat_user_tables"
        " WHERE n_live_tup >= $1::bigint AND seq_scan >= $2::bigint AND seq_scan > "
        "coalesce(idx_scan, 0)"
        " AND schemaname <> 'confiture' ORDER BY 1, 2",
        {min_rows, min_scans});
    for (const auto& row : rows) {
      const Node table = relation_of(database, *row[0], *row[1]);
      if (is_listed(table, exclude)) continue;
      report
          .add(table, "table " + quoted(*row[1]) + " was read as a whole " + text(*row[2]) +
                          " times, and by an index " + text(*row[3]) + " times")
          .hint("find the query with pg_stat_statements, and index what it looks for");
    }
  }
};

}  // namespace

RuleExtension live_missing_index() {
  return confiture::rule<LiveMissingIndex>();
}

}  // namespace plugins::performance
