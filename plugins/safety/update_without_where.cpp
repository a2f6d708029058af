// SPDX-License-Identifier: MIT
#include "plugins/safety/_rows.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct UpdateWithoutWhere {
  static constexpr RuleRecord record{
      .id = "safety.update_without_where",
      .summary = "No migration updates all rows of a table at once",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::statement},
      .why =
          "UPDATE without a WHERE, or with one that is always true, writes every row again: the "
          "table and its indexes take twice the space, all of it goes to the replicas, and every "
          "row stays locked until the transaction ends. Update in batches by ranges of the key. An "
          "UPDATE inside WITH is looked at as well. A table that the same file made is exempt, and "
          "so are temporary tables.",
      .bad = "UPDATE invoice SET currency = 'EUR';",
      .good = "UPDATE invoice SET currency = 'EUR' WHERE id BETWEEN 1 AND 10000;"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &UpdateWithoutWhere::sizes, Sizes::doc));

  void check(const Node& statement, Report& report) const {
    report.tree(statement).walk([&](const Tree& node) {
      if (!node.is("UpdateStmt") || !is_for_all_rows(node["whereClause"])) return;
      if (!is_old_table(statement, node["relation"])) return;
      sizes.weigh(
          report, statement, written(node["relation"]),
          report.add(statement, "all rows of table " + written(node["relation"]) +
                                    " are written again, and locked until the transaction ends"),
          "update in batches, by ranges of the key");
    });
  }
};

}  // namespace

RuleExtension update_without_where() {
  return confiture::rule<UpdateWithoutWhere>();
}

}  // namespace plugins::safety
