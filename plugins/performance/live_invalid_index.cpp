// SPDX-License-Identifier: MIT
#include "plugins/common/live.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::performance {
namespace {

struct LiveInvalidIndex {
  static constexpr RuleRecord record{
      .id = "performance.live_invalid_index",
      .summary = "No index of the database is invalid",
      .severity = Severity::off,
      .kinds = {NodeKind::database},
      .scope = live_scope,
      .why =
          "CREATE INDEX CONCURRENTLY that failed or was stopped leaves its index behind: no query "
          "uses it,\n"
          "every INSERT writes it, and a second attempt fails because the name is taken. An index "
          "that is\n"
          "being built at this moment is left out.",
      .bad =
          "CREATE UNIQUE INDEX CONCURRENTLY customer_email_key ON customer (email);  -- stopped by "
          "a duplicate",
      .good =
          "DROP INDEX CONCURRENTLY customer_email_key;\n"
          "CREATE UNIQUE INDEX CONCURRENTLY customer_email_key ON customer (email);"};

  void check(const Node& database, Report& report) const {
    const auto rows = rows_of(
        report,
        "SELECT n.nspname, t.relname, c.relname FROM pg_index i JOIN pg_class c ON c.oid = "
        "i.indexrelid"
        " JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE NOT i.indisvalid AND c.relkind = 'i' AND NOT EXISTS"
        " (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)"
        " ORDER BY 1, 2, 3");
    for (const auto& row : rows)
      report
          .add(part_of(relation_of(database, *row[0], *row[1]), *row[2]),
               "index " + quoted(*row[2]) + " of table " + quoted(*row[1]) + " is invalid")
          .hint(
              "drop it with DROP INDEX CONCURRENTLY and build it anew, or REINDEX INDEX "
              "CONCURRENTLY");
  }
};

}  // namespace

RuleExtension live_invalid_index() {
  return confiture::rule<LiveInvalidIndex>();
}

}  // namespace plugins::performance
