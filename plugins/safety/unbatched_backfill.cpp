// SPDX-License-Identifier: MIT
#include "plugins/safety/_rows.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct UnbatchedBackfill {
  static constexpr RuleRecord record{
      .id = "safety.unbatched_backfill",
      .summary = "A column of a table in use is filled in batches",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::statement},
      .why =
          "An UPDATE of all rows that lack a value writes them again in one transaction: each "
          "stays locked until it ends, the table and its indexes grow, and replicas fall behind. "
          "Update in batches by ranges of the key, a transaction each. What compares a column with "
          "a value, or takes its rows from a LIMIT, is taken for a batch or for a few rows. A "
          "table that the same file made is exempt, and so are temporary tables; for UPDATE "
          "without WHERE see safety.update_without_where.",
      .bad = "UPDATE invoice SET currency = 'EUR' WHERE currency IS NULL;",
      .good =
          "UPDATE invoice SET currency = 'EUR' WHERE currency IS NULL AND id BETWEEN 1 AND 10000;"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &UnbatchedBackfill::sizes, Sizes::doc));

  void check(const Node& statement, Report& report) const {
    if (statement.statement_tag() != "UPDATE") return;
    const Tree update = report.tree(statement), where = update["whereClause"];
    if (is_for_all_rows(where) || !is_old_table(statement, update["relation"])) return;
    if (where.any([&](const Tree& node) { return is_limit(node, statement.in_body()); })) return;
    sizes.weigh(
        report, statement, written(update["relation"]),
        report.add(statement,
                   "table " + written(update["relation"]) +
                       " is filled by one UPDATE, and its rows are locked until it is done"),
        "update in batches, by ranges of the key");
  }

 private:
  // A comparison with a value, or with a variable where the statement stands in a body; a part of a
  // query.
  static bool is_limit(const Tree& node, bool in_body) {
    if (node.is("SelectStmt")) return node.has("limitCount");
    if (!node.is("A_Expr")) return false;
    if (node.text("kind") == "AEXPR_DISTINCT" || node.text("kind") == "AEXPR_NOT_DISTINCT")
      return false;
    const std::string_view name = node.operator_name();
    if (name == "<>" || name == "!=") return false;
    return in_body || node["rexpr"].any(is_value) || node["lexpr"].any(is_value);
  }

  static bool is_value(const Tree& node) {
    return (node.is("A_Const") && !node.is_null()) || node.is("ParamRef") || node.is("FuncCall") ||
           node.is("SQLValueFunction");
  }
};

}  // namespace

RuleExtension unbatched_backfill() {
  return confiture::rule<UnbatchedBackfill>();
}

}  // namespace plugins::safety
