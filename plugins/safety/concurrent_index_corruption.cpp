// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct ConcurrentIndexCorruption {
  static constexpr RuleRecord record{
      .id = "safety.concurrent_index_corruption",
      .summary = "No index is built CONCURRENTLY by a PostgreSQL that corrupts it",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::statement},
      .why =
          "PostgreSQL 14.0 to 14.3 can leave rows out of an index that CREATE INDEX CONCURRENTLY "
          "or REINDEX CONCURRENTLY builds while others write: queries then miss rows, and unique "
          "indexes let duplicates in. 14.4 is mended; indexes that were built before have to be "
          "built again. The version is that of --server-version.",
      .bad =
          "-- server-version: 14.2\n-- transaction: off\nCREATE INDEX CONCURRENTLY invoice_day_idx "
          "ON invoice (day);",
      .good =
          "-- server-version: 14.4\n-- transaction: off\nCREATE INDEX CONCURRENTLY invoice_day_idx "
          "ON invoice (day);"};

  void check(const Node& statement, Report& report) const {
    const std::int64_t version = statement.server_version();
    if (version < 140000 || version > 140003 || !statement.is_concurrent()) return;
    const std::string_view tag = statement.statement_tag();
    if (tag != "CREATE INDEX" && tag != "REINDEX") return;
    report
        .add(statement, text(tag) +
                            " CONCURRENTLY can leave rows out of the index on PostgreSQL 14." +
                            std::to_string(version - 140000))
        .hint("update the server to 14.4 or later first, and name it by --server-version");
  }
};

}  // namespace

RuleExtension concurrent_index_corruption() {
  return confiture::rule<ConcurrentIndexCorruption>();
}

}  // namespace plugins::safety
