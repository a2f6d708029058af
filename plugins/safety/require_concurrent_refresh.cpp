// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct RequireConcurrentRefresh {
  static constexpr RuleRecord record{
      .id = "safety.require_concurrent_refresh",
      .summary = "A materialized view in use is refreshed CONCURRENTLY",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::statement},
      .why =
          "REFRESH MATERIALIZED VIEW holds an ACCESS EXCLUSIVE lock while its query runs: nobody "
          "can read the view. With CONCURRENTLY the view stays readable, for the price of a unique "
          "index over plain columns of all rows; it still takes an EXCLUSIVE lock, so that two "
          "refreshes wait for each other. A view that the same file made, and WITH NO DATA, which "
          "runs no query, are exempt.",
      .bad = "REFRESH MATERIALIZED VIEW revenue_by_month;",
      .good = "REFRESH MATERIALIZED VIEW CONCURRENTLY revenue_by_month;",
      .fix = Fix::safe};

  void check(const Node& statement, Report& report) const {
    if (statement.statement_tag() != "REFRESH MATERIALIZED VIEW" || statement.is_concurrent() ||
        statement.created_here())
      return;
    const Tree tree = report.tree(statement);
    if (tree.truth("skipData")) return;
    const Node view = statement.target();
    Finding& finding =
        report.add(statement, "materialized view " + text(statement.qualified_name()) +
                                  " cannot be read while it is refreshed");
    const std::uint64_t at = tree["relation"].offset();
    if (has_unique_index(view))
      finding.hint("refresh it CONCURRENTLY").fix(at, at, "CONCURRENTLY ");
    else
      finding.hint("refresh it CONCURRENTLY, which needs a unique index over columns of the view");
  }

 private:
  static bool has_unique_index(const Node& view) {
    for (const Node& index : view.indexes()) {
      if (!index.is_unique() || !index.predicate_sql().empty()) continue;
      bool plain = true;
      for (const Node& key : index.keys()) plain = plain && key.expression_sql().empty();
      if (plain) return true;
    }
    return false;
  }
};

}  // namespace

RuleExtension require_concurrent_refresh() {
  return confiture::rule<RequireConcurrentRefresh>();
}

}  // namespace plugins::safety
