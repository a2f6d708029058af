// SPDX-License-Identifier: MIT
#include "plugins/safety/_rows.hpp"

namespace plugins::safety {
namespace {

struct DeleteWithoutWhere {
  static constexpr RuleRecord record{
      .id = "safety.delete_without_where",
      .summary = "No migration deletes all rows of a table",
      .severity = Severity::error,
      .risk = Risk::critical,
      .kinds = {NodeKind::statement},
      .why =
          "DELETE without a WHERE, or with one that is always true, deletes every row, and what "
          "foreign keys with ON DELETE CASCADE hang on them. A DELETE inside WITH is looked at as "
          "well. A table that the same file made is no loss, and temporary tables are none.",
      .bad = "DELETE FROM invoice;",
      .good = "DELETE FROM invoice WHERE created_at < '2010-01-01';"};

  void check(const Node& statement, Report& report) const {
    report.tree(statement).walk([&](const Tree& node) {
      if (!node.is("DeleteStmt") || !is_for_all_rows(node["whereClause"])) return;
      if (!is_old_table(statement, node["relation"])) return;
      report.add(statement, "all rows of table " + written(node["relation"]) + " are deleted")
          .hint("say by WHERE which rows have to go, and delete them in batches");
    });
  }
};

}  // namespace

RuleExtension delete_without_where() {
  return confiture::rule<DeleteWithoutWhere>();
}

}  // namespace plugins::safety
