// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct CreatePartitionLocksParent {
  static constexpr RuleRecord record{
      .id = "safety.create_partition_locks_parent",
      .summary = "A partition is made beside a table in use, and attached",
      .severity = Severity::info,
      .risk = Risk::medium,
      .kinds = {NodeKind::statement},
      .why =
          "CREATE TABLE ... PARTITION OF takes an ACCESS EXCLUSIVE lock on the partitioned table: "
          "it waits for every query of any partition, and all that come later wait behind it. A "
          "default partition is read under such a lock, too. CREATE TABLE ... (LIKE ...) and "
          "ATTACH PARTITION let readers and writers of the others pass. A partitioned table that "
          "the same file made is exempt.",
      .bad =
          "CREATE TABLE visit_2024 PARTITION OF visit FOR VALUES FROM ('2024-01-01') TO "
          "('2025-01-01');",
      .good =
          "CREATE TABLE visit_2024 (LIKE visit INCLUDING ALL);\nALTER TABLE visit ATTACH PARTITION "
          "visit_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');"};

  void check(const Node& statement, Report& report) const {
    const Node partition = statement.result(), parent = statement.other();
    if (!statement.statement_tag().starts_with("CREATE ") || !partition.is_partition() || !parent ||
        is_made_in(statement.parent(), parent))
      return;
    bool beside_default = false;
    for (const Node& other : parent.partitions())
      beside_default = beside_default || (other != partition && other.is_default_partition());
    report
        .add(statement, "partition " + quoted(partition.name()) +
                            " is made under a lock that keeps everybody from table " +
                            text(parent.qualified_name()) +
                            (beside_default ? " while its default partition is read" : ""))
        .hint(beside_default
                  ? "CREATE TABLE ... (LIKE ... INCLUDING ALL), give the default partition a valid "
                    "CHECK that rules the new bound out, then ATTACH PARTITION"
                  : "CREATE TABLE ... (LIKE ... INCLUDING ALL), then ATTACH PARTITION");
  }
};

}  // namespace

RuleExtension create_partition_locks_parent() {
  return confiture::rule<CreatePartitionLocksParent>();
}

}  // namespace plugins::safety
