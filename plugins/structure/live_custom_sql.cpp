// SPDX-License-Identifier: MIT
#include "plugins/common/live.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::structure {
namespace {

struct LiveCustomSql {
  static constexpr RuleRecord record{
      .id = "structure.live_custom_sql",
      .summary = "Queries of the team give no row",
      .severity = Severity::off,
      .kinds = {NodeKind::database},
      .scope = live_scope,
      .why =
          "What must hold of the rows and not of the schema: no order without a customer, no two "
          "prices for\n"
          "one day. Each query runs in a read-only transaction with a time limit, and should give "
          "the rows\n"
          "that are wrong; none of their values is shown.",
      .bad =
          "-- with: {queries: [\"SELECT 1 FROM invoice WHERE total < 0\"]}\n"
          "CREATE TABLE invoice (total numeric);\n"
          "INSERT INTO invoice VALUES (-1);",
      .good =
          "-- with: {queries: [\"SELECT 1 FROM invoice WHERE total < 0\"]}\n"
          "CREATE TABLE invoice (total numeric);\n"
          "INSERT INTO invoice VALUES (1);"};

  std::vector<std::string> queries;
  static constexpr auto params = confiture::params(
      field("queries", &LiveCustomSql::queries, "Queries that should give no row"));

  void check(const Node& database, Report& report) const {
    for (const std::string& query : queries) {
      const std::size_t count = rows_of(report, query).size();
      if (count == 0) continue;
      report
          .add(database, std::to_string(count) + (count == 1 ? " row" : " rows") +
                             " where none should be: " + query)
          .hint("run the query, and mend what it shows");
    }
  }
};

}  // namespace

RuleExtension live_custom_sql() {
  return confiture::rule<LiveCustomSql>();
}

}  // namespace plugins::structure
