// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>

#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct PreferRobustStatement {
  static constexpr RuleRecord record{
      .id = "safety.prefer_robust_statement",
      .summary = "Outside a transaction a statement can be run again",
      .severity = Severity::off,
      .risk = Risk::low,
      .kinds = {NodeKind::statement},
      .why =
          "When a migration without a transaction fails half-way, what it did before stays done: "
          "the next attempt fails at its first statement. With IF NOT EXISTS or IF EXISTS it goes "
          "on where it stopped. For indexes that are built CONCURRENTLY see "
          "safety.concurrent_index_not_retryable.",
      .bad = "-- transaction: off\nDROP INDEX CONCURRENTLY invoice_day_idx;",
      .good = "-- transaction: off\nDROP INDEX CONCURRENTLY IF EXISTS invoice_day_idx;"};

  void check(const Node& statement, Report& report) const {
    if (statement.in_transaction() || statement.in_body()) return;
    const std::string_view tag = statement.statement_tag();
    static constexpr std::string_view makers[] = {"CREATE TABLE",    "CREATE SCHEMA",
                                                  "CREATE SEQUENCE", "CREATE EXTENSION",
                                                  "CREATE TABLE AS", "CREATE MATERIALIZED VIEW"};
    const bool makes = std::find(std::begin(makers), std::end(makers), tag) != std::end(makers) ||
                       (tag == "CREATE INDEX" && !statement.is_concurrent());
    if (makes && !statement.if_not_exists())
      report.add(statement, text(tag) + " fails when the migration is run again")
          .hint("add IF NOT EXISTS");
    for (const Node& action : statement.subcommands()) {
      const std::string_view what = action.subcommand();
      const bool drops =
          tag.starts_with("DROP ") || what == "drop_column" || what == "drop_constraint";
      if (drops && !action.if_exists())
        report.add(action, text(tag) + " fails when the migration is run again")
            .hint("add IF EXISTS");
      if ((what == "add_column" || what == "add_value") && !action.if_not_exists())
        report.add(action, text(tag) + " fails when the migration is run again")
            .hint("add IF NOT EXISTS");
    }
  }
};

}  // namespace

RuleExtension prefer_robust_statement() {
  return confiture::rule<PreferRobustStatement>();
}

}  // namespace plugins::safety
