// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct RequireConcurrentDetach {
  static constexpr RuleRecord record{
      .id = "safety.require_concurrent_detach",
      .summary = "A partition is detached CONCURRENTLY",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "DETACH PARTITION takes an ACCESS EXCLUSIVE lock on the partitioned table: it waits for "
          "every query of any partition, and all that come later wait behind it. From PostgreSQL "
          "14 on CONCURRENTLY does without; it runs outside a transaction only, and not while the "
          "table has a default partition. A table that the same file made is exempt.",
      .bad = "-- transaction: off\nALTER TABLE measurement DETACH PARTITION measurement_2020;",
      .good =
          "-- transaction: off\nALTER TABLE measurement DETACH PARTITION measurement_2020 "
          "CONCURRENTLY;",
      .fix = Fix::safe};

  void check(const Node& action, Report& report) const {
    const Node statement = action.parent();
    if (action.subcommand() != "detach_partition" || action.is_concurrent() ||
        statement.created_here() || statement.server_version() < 140000)
      return;
    Finding& finding =
        report.add(action, "partition " + quoted(action.name()) +
                               " is detached under a lock that keeps everybody from table " +
                               text(action.qualified_name()));
    for (const Node& partition : table_before(action).partitions())
      if (partition.is_default_partition()) {
        finding.hint(
            "there is no CONCURRENTLY beside a default partition: set a lock_timeout, and detach "
            "when the table is quiet");
        return;
      }
    finding.hint("detach it CONCURRENTLY" + outside_transaction(statement));
    const std::uint64_t end = action.location().end_offset;
    if (!statement.in_transaction() && !statement.in_body()) finding.fix(end, end, " CONCURRENTLY");
  }
};

}  // namespace

RuleExtension require_concurrent_detach() {
  return confiture::rule<RequireConcurrentDetach>();
}

}  // namespace plugins::safety
