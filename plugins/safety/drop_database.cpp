// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct DropDatabase {
  static constexpr RuleRecord record{
      .id = "safety.drop_database",
      .summary = "No migration drops a database",
      .severity = Severity::error,
      .risk = Risk::critical,
      .kinds = {NodeKind::statement},
      .why =
          "Everything in it is gone, and nothing but a backup brings it back. A migration is about "
          "the database that it runs in; leave others to those who run the server.",
      .bad = "-- transaction: off\nDROP DATABASE shop;",
      .good = "DROP TABLE IF EXISTS shop_draft;"};

  void check(const Node& statement, Report& report) const {
    if (statement.statement_tag() != "DROP DATABASE") return;
    report
        .add(statement, "database " + quoted(report.tree(statement).text("dbname")) +
                            " is dropped with all that is in it")
        .hint("leave this to those who run the server");
  }
};

}  // namespace

RuleExtension drop_database() {
  return confiture::rule<DropDatabase>();
}

}  // namespace plugins::safety
