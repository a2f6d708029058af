// SPDX-License-Identifier: MIT
#include "plugins/common/name_style.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::naming {
namespace {

struct TableCase {
  NameStyle style = NameStyle::snake_case;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("style", &TableCase::style, "The style of table and view names", name_styles),
      field("exclude", &TableCase::exclude,
            "Tables and views that keep their name, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "naming.table_case",
      .summary = "Table and view names follow the configured case",
      .severity = Severity::warning,
      .kinds = {NodeKind::table, NodeKind::view},
      .why =
          "Names in one style are guessed right the first time. PostgreSQL folds unquoted names "
          "to lower\ncase, so that any capital letter asks for quotes in every query.",
      .bad = "CREATE TABLE \"OrderLine\" (id bigint PRIMARY KEY);",
      .good = "CREATE TABLE order_line (id bigint PRIMARY KEY);"};

  void check(const Node& relation, Report& report) const {
    if (follows(relation.name(), style) || is_listed(relation, exclude)) return;
    const bool view = relation.kind() == NodeKind::view;
    const char* word = !view ? "table" : relation.is_materialized() ? "materialized view" : "view";
    const char* command = !view                        ? "TABLE"
                          : relation.is_materialized() ? "MATERIALIZED VIEW"
                                                       : "VIEW";
    Finding& finding = report.add(relation, text(word) + " " + text(relation.qualified_name()) +
                                                " is not named in " + name_of(style));
    const std::string better = rewritten(relation.name(), style);
    if (!follows(better, style)) return;  // a symbol in it: there is no telling what it stands for
    finding.hint("name it " + quoted(better))
        .suggestion(text("ALTER ") + command + " " + text(relation.qualified_name()) +
                    " RENAME TO " + quoted(better) + ";");
  }
};

}  // namespace

RuleExtension table_case() {
  return confiture::rule<TableCase>();
}

}  // namespace plugins::naming
