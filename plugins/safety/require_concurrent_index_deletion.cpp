// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct RequireConcurrentIndexDeletion {
  static constexpr RuleRecord record{
      .id = "safety.require_concurrent_index_deletion",
      .summary = "An index of a table in use is dropped CONCURRENTLY",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::subcommand},
      .why =
          "DROP INDEX takes an ACCESS EXCLUSIVE lock on the table: it waits for every query that "
          "runs, and all that come later wait behind it, readers included. CONCURRENTLY waits "
          "without keeping others waiting; it runs outside a transaction only, for one index, "
          "without CASCADE, and not for an index of a partitioned table. An index that the same "
          "file made is exempt.",
      .bad = "-- transaction: off\nDROP INDEX invoice_customer_id_idx;",
      .good = "-- transaction: off\nDROP INDEX CONCURRENTLY invoice_customer_id_idx;",
      .fix = Fix::safe};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "drop_index" || action.is_concurrent() || action.created_here())
      return;
    const Node statement = action.parent(), table = action.target().parent();
    if (table.is_temporary()) return;
    Finding& finding =
        report.add(action, "index " + text(action.qualified_name()) +
                               " is dropped under a lock that keeps everybody from its table");
    if (table.is_partitioned() || action.behavior() == "cascade") {
      finding.hint(
          "there is no CONCURRENTLY for it: set a lock_timeout, and drop it when the table is "
          "quiet");
      return;
    }
    finding.hint("drop it CONCURRENTLY" + outside_transaction(statement));
    const std::uint64_t at = after_words(statement, {"drop", "index"});
    if (at != 0 && statement.subcommands().size() == 1 && !statement.in_transaction() &&
        !statement.in_body())
      finding.fix(at, at, " CONCURRENTLY");
  }
};

}  // namespace

RuleExtension require_concurrent_index_deletion() {
  return confiture::rule<RequireConcurrentIndexDeletion>();
}

}  // namespace plugins::safety
