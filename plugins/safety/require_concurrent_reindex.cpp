// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct RequireConcurrentReindex {
  static constexpr RuleRecord record{
      .id = "safety.require_concurrent_reindex",
      .summary = "Indexes are rebuilt CONCURRENTLY",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::statement},
      .why =
          "REINDEX keeps writers out, and readers too: it holds an ACCESS EXCLUSIVE lock on the "
          "index until it is done, and every query of the table opens all of its indexes to plan. "
          "CONCURRENTLY builds a new index beside the old one; it runs outside a transaction only. "
          "The indexes of a table that the same file made are exempt.",
      .bad = "-- transaction: off\nREINDEX TABLE invoice;",
      .good = "-- transaction: off\nREINDEX TABLE CONCURRENTLY invoice;",
      .fix = Fix::safe};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &RequireConcurrentReindex::sizes, Sizes::doc));

  void check(const Node& statement, Report& report) const {
    if (statement.statement_tag() != "REINDEX" || statement.created_here()) return;
    const Tree tree = report.tree(statement);
    const Tree options = tree["params"], relation = tree["relation"];
    const Node target = statement.target();
    if (has_option(options, "concurrently") || target.is_temporary() ||
        target.parent().is_temporary())
      return;
    const std::string_view kind = tree.text("kind");
    const bool index = kind == "REINDEX_OBJECT_INDEX";
    if (kind == "REINDEX_OBJECT_SYSTEM") {
      report
          .add(statement,
               "the indexes of the system catalogs are rebuilt while every query waits for them")
          .hint("do it in a maintenance window: the catalogs have no CONCURRENTLY");
      return;
    }
    const std::string what =
        relation ? text(statement.qualified_name()) : quoted(tree.text("name"));
    const std::string_view word = index                             ? "index "
                                  : kind == "REINDEX_OBJECT_TABLE"  ? "the indexes of table "
                                  : kind == "REINDEX_OBJECT_SCHEMA" ? "the indexes of schema "
                                                                    : "the indexes of database ";
    Finding& finding = report.add(statement, text(word) + what + (index ? " is" : " are") +
                                                 " rebuilt while queries and writes wait");
    const std::string_view table =
        index ? target.parent().qualified_name() : statement.qualified_name();
    sizes.weigh(report, statement, table, finding,
                "rebuild CONCURRENTLY" + outside_transaction(statement));
    const bool plain =
        options.empty() && relation && !statement.in_transaction() && !statement.in_body();
    if (plain) finding.fix(relation.offset(), relation.offset(), "CONCURRENTLY ");
  }
};

}  // namespace

RuleExtension require_concurrent_reindex() {
  return confiture::rule<RequireConcurrentReindex>();
}

}  // namespace plugins::safety
