// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>

#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct DropCascade {
  static constexpr RuleRecord record{
      .id = "safety.drop_cascade",
      .summary = "No object takes down with it what depends on it",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "CASCADE drops whatever depends on the object, and what depends on that: columns of a "
          "dropped type with all their values, views and policies that call a dropped function, "
          "everything that an extension made. Without CASCADE the statement fails and names it. "
          "What the same file made is exempt; for tables, columns and schemas see "
          "safety.drop_table_cascade, safety.drop_column and safety.drop_schema.",
      .bad = "DROP FUNCTION total(bigint) CASCADE;",
      .good = "DROP VIEW invoice_totals;\nDROP FUNCTION total(bigint);"};

  void check(const Node& action, Report& report) const {
    if (action.behavior() != "cascade" || action.created_here() ||
        !action.parent().statement_tag().starts_with("DROP "))
      return;
    static constexpr std::string_view others[] = {"drop_table",   "drop_schema", "drop_index",
                                                  "drop_trigger", "drop_policy", "drop_rule"};
    const std::string_view what = action.subcommand();
    if (std::find(std::begin(others), std::end(others), what) != std::end(others)) return;
    std::string kind = text(action.object_type());
    std::replace(kind.begin(), kind.end(), '_', ' ');
    Finding& finding = report.add(action, "with " + kind + " " + text(action.qualified_name()) +
                                              " goes " + dependents(action.target()));
    finding.hint("drop by name what has to go, and this without CASCADE");
    // Columns go, and tables.
    if (kind == "type" || kind == "domain" || kind == "extension") finding.risk(Risk::critical);
  }

 private:
  static std::string dependents(const Node& object) {
    std::string names;
    for (const Node& view : object.read_by())
      names += (names.empty() ? "view " : ", view ") + text(view.qualified_name());
    return names.empty() ? "whatever depends on it" : names;
  }
};

}  // namespace

RuleExtension drop_cascade() {
  return confiture::rule<DropCascade>();
}

}  // namespace plugins::safety
