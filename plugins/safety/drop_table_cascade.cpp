// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct DropTableCascade {
  static constexpr RuleRecord record{
      .id = "safety.drop_table_cascade",
      .summary = "No table takes down with it what depends on it",
      .severity = Severity::error,
      .risk = Risk::critical,
      .kinds = {NodeKind::subcommand},
      .why =
          "DROP TABLE ... CASCADE also drops every foreign key that points to the table and every "
          "view that reads it, and the views that read those, whether its author knew of them or "
          "not. Without CASCADE the statement fails and names them. A table that the same file "
          "made is exempt, and one on which nothing depends.",
      .bad = "DROP TABLE customer CASCADE;",
      .good =
          "ALTER TABLE invoice DROP CONSTRAINT invoice_customer_id_fkey;\nDROP TABLE customer;"};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "drop_table" || action.behavior() != "cascade") return;
    const Node table = action.target();
    if (action.created_here() || table.is_temporary()) return;
    std::string dependents;
    const auto add = [&](const std::string& one) {
      dependents += (dependents.empty() ? "" : ", ") + one;
    };
    for (const Node& view : table.read_by()) add("view " + text(view.qualified_name()));
    for (const Node& key : table.referenced_by())
      if (key.parent() != table) add("foreign key " + text(key.qualified_name()));
    if (is_known(table) && dependents.empty()) return;
    report
        .add(action, "with table " + text(action.qualified_name()) + " goes " +
                         (dependents.empty() ? "whatever depends on it" : dependents))
        .hint("drop by name what has to go, and the table without CASCADE");
  }
};

}  // namespace

RuleExtension drop_table_cascade() {
  return confiture::rule<DropTableCascade>();
}

}  // namespace plugins::safety
