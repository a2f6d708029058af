// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct DropColumn {
  static constexpr RuleRecord record{
      .id = "safety.drop_column",
      .summary = "No migration drops a column that holds data",
      .severity = Severity::error,
      .risk = Risk::critical,
      .kinds = {NodeKind::subcommand},
      .why =
          "The values are gone, and programs that still run the old version fail at once. A "
          "column of a table\nthat the same migration made is no loss.",
      .bad = "ALTER TABLE customer DROP COLUMN phone;",
      .good =
          "CREATE TABLE customer_draft (id bigint, phone text);\n"
          "ALTER TABLE customer_draft DROP COLUMN phone;"};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "drop_column" || action.created_here()) return;
    if (action.parent().statement_tag() != "ALTER TABLE") return;  // an attribute of a type
    const bool cascade = action.behavior() == "cascade";
    report
        .add(action, "column " + text(action.qualified_name()) + "." + quoted(action.name()) +
                         " is dropped with all its values" +
                         (cascade ? ", and what depends on it" : ""))
        .hint("release programs that do without it first, keep a backup, and drop it later");
  }
};

}  // namespace

RuleExtension drop_column() {
  return confiture::rule<DropColumn>();
}

}  // namespace plugins::safety
