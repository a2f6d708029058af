// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct DropTable {
  static constexpr RuleRecord record{
      .id = "safety.drop_table",
      .summary = "No migration drops a table that holds data",
      .severity = Severity::error,
      .risk = Risk::critical,
      .kinds = {NodeKind::subcommand},
      .why =
          "The rows are gone, and programs that still run the old version fail at once. A table "
          "that the\nsame migration made is no loss.",
      .bad = "DROP TABLE customer;",
      .good = "CREATE TABLE customer_draft (id bigint);\nDROP TABLE customer_draft;"};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "drop_table" || action.created_here()) return;
    const bool cascade = action.behavior() == "cascade";
    report
        .add(action, "table " + text(action.qualified_name()) + " is dropped with all its rows" +
                         (cascade ? ", and what depends on it" : ""))
        .hint("release programs that do without it first, keep a backup, and drop it later");
  }
};

}  // namespace

RuleExtension drop_table() {
  return confiture::rule<DropTable>();
}

}  // namespace plugins::safety
