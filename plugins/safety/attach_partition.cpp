// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_partition_bound.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct AttachPartition {
  static constexpr RuleRecord record{
      .id = "safety.attach_partition",
      .summary = "A table that becomes a partition has a valid CHECK that says so",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "ATTACH PARTITION reads the whole of the new partition under an ACCESS EXCLUSIVE lock, "
          "unless a valid CHECK says that all rows fit the bound and the key is NOT NULL. The "
          "default partition, if there is one, is read under such a lock as well, and queries of "
          "the partitioned table wait: give it a CHECK that rules the new bound out. Add such a "
          "CHECK NOT VALID, validate it, attach, drop it. A partition that the same file made is "
          "exempt.",
      .bad =
          "ALTER TABLE visit ATTACH PARTITION visit_2024 FOR VALUES FROM ('2024-01-01') TO "
          "('2025-01-01');",
      .good =
          "-- file: 1_make.up.sql\nCREATE TABLE visit (day date NOT NULL) PARTITION BY RANGE "
          "(day);\nCREATE TABLE visit_2024 (day date NOT NULL);\n-- file: 2_check.up.sql\nALTER "
          "TABLE visit_2024 ADD CONSTRAINT fits CHECK (day >= '2024-01-01' AND day < '2025-01-01') "
          "NOT VALID;\n-- file: 3_validate.up.sql\nALTER TABLE visit_2024 VALIDATE CONSTRAINT "
          "fits;\n-- file: 4_attach.up.sql\nALTER TABLE visit ATTACH PARTITION visit_2024 FOR "
          "VALUES FROM ('2024-01-01') TO ('2025-01-01');"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &AttachPartition::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    const Node statement = action.parent();
    if (action.subcommand() != "attach_partition" || statement.object_type() != "table") return;
    const Node parent = statement.target(), partition = action.other();
    const Tree bound = command_of(action, report)["def"]["bound"];
    if (bound.truth("is_default")) return check_default(action, report);
    if (!is_made_in(statement.parent(), action.result()) &&
        !checks_imply(partition, parent, bound, report))
      sizes.weigh(
          report, action, name_of(action),
          report.add(action,
                     "the whole of table " + name_of(action) +
                         " is read while nobody can read or write it, to see whether its rows fit"),
          "add a CHECK of the bound NOT VALID, validate it in a later migration, and attach then");
    for (const Node& other : parent.partitions()) {
      if (!other.is_default_partition() || is_made_in(statement.parent(), other)) continue;
      const std::vector<std::string> values = bound_values(bound);
      if (!values.empty() && checks_name(other, values, report)) continue;
      sizes.weigh(
          report, action, other.qualified_name(),
          report.add(action, "the whole of default partition " + text(other.qualified_name()) +
                                 " is read while nobody can read table " +
                                 text(action.qualified_name())),
          "give the default partition a CHECK that rules the new bound out, NOT VALID, and "
          "validate it first");
    }
  }

 private:
  static std::string name_of(const Node& action) {
    return action.other() ? text(action.other().qualified_name()) : quoted(action.name());
  }
  // A table that becomes the default partition is read, if the others leave it anything to prove.
  void check_default(const Node& action, Report& report) const {
    const Node parent = action.parent().target();
    if (is_made_in(action.parent().parent(), action.result())) return;
    if (is_known(parent) && parent.partitions().empty()) return;
    sizes.weigh(
        report, action, name_of(action),
        report.add(action,
                   "the whole of table " + name_of(action) +
                       " is read while nobody can read or write it, to see whether its rows fit"),
        "give it a CHECK that rules out the bounds of all partitions, NOT VALID, and validate it "
        "first");
  }
};

}  // namespace

RuleExtension attach_partition() {
  return confiture::rule<AttachPartition>();
}

}  // namespace plugins::safety
