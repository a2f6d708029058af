// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct SetAccessMethod {
  static constexpr RuleRecord record{
      .id = "safety.set_access_method",
      .summary = "No table in use gets another access method",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "SET ACCESS METHOD writes the whole table and its indexes again under an ACCESS "
          "EXCLUSIVE lock. On a partitioned table it only says what new partitions get. A table "
          "that the same file made is exempt.",
      .bad = "ALTER TABLE visit SET ACCESS METHOD columnar;",
      .good = "CREATE TABLE visit (day date);\nALTER TABLE visit SET ACCESS METHOD columnar;"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &SetAccessMethod::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "set_access_method" || !is_on_old_table(action)) return;
    if (table_before(action).is_partitioned()) return;
    sizes.weigh(
        report, action,
        report.add(action, "table " + text(action.qualified_name()) +
                               " is rewritten while nobody can read or write it"),
        "make a table with that access method, copy the rows in batches, and let it replace "
        "this one");
  }
};

}  // namespace

RuleExtension set_access_method() {
  return confiture::rule<SetAccessMethod>();
}

}  // namespace plugins::safety
