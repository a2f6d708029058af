// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct RequireConcurrentIndexCreation {
  static constexpr RuleRecord record{
      .id = "safety.require_concurrent_index_creation",
      .summary = "An index of a table in use is built CONCURRENTLY",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::statement},
      .why =
          "CREATE INDEX holds a SHARE lock until it is done: nobody can write to the table while "
          "all of its rows are read and sorted. CONCURRENTLY takes longer and keeps nobody "
          "waiting; it runs outside a transaction only. Indexes of a table that the same file "
          "makes, of temporary tables and of materialized views are exempt, and CREATE INDEX ON "
          "ONLY a partitioned table, which builds nothing.",
      .bad = "-- transaction: off\nCREATE INDEX invoice_customer_id_idx ON invoice (customer_id);",
      .good =
          "-- transaction: off\nCREATE INDEX CONCURRENTLY invoice_customer_id_idx ON invoice "
          "(customer_id);",
      .fix = Fix::safe};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &RequireConcurrentIndexCreation::sizes, Sizes::doc));

  void check(const Node& statement, Report& report) const {
    if (statement.statement_tag() != "CREATE INDEX" || statement.is_concurrent()) return;
    const Node table = statement.target(), index = statement.result();
    if (statement.created_here() || !index) return;  // no index: IF NOT EXISTS, and it does
    if (table && (table.kind() != NodeKind::table || table.is_temporary())) return;
    const bool partitioned = table.is_partitioned();
    if (statement.is_only() && (partitioned || !is_known(table))) return;
    Finding& finding = report.add(statement, "index " + quoted(index.name()) +
                                                 " is built while nobody can write to table " +
                                                 text(statement.qualified_name()));
    if (partitioned) {
      sizes.weigh(
          report, statement, finding,
          "create it ON ONLY the table, then CONCURRENTLY on each partition, and bring those in "
          "with ALTER INDEX ... ATTACH PARTITION");
      return;
    }
    sizes.weigh(report, statement, finding,
                "create it CONCURRENTLY" + outside_transaction(statement));
    const std::uint64_t at = after_words(statement, {"create", "?unique", "index"});
    if (at != 0 && !statement.in_transaction() && !statement.in_body())
      finding.fix(at, at, " CONCURRENTLY");
  }
};

}  // namespace

RuleExtension require_concurrent_index_creation() {
  return confiture::rule<RequireConcurrentIndexCreation>();
}

}  // namespace plugins::safety
