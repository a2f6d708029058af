// SPDX-License-Identifier: MIT
#include "plugins/common/name_style.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::naming {
namespace {

struct ColumnCase {
  NameStyle style = NameStyle::snake_case;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("style", &ColumnCase::style, "The style of column names", name_styles),
      field("exclude", &ColumnCase::exclude,
            "Columns left alone, as `name` or `schema.table.name`"));
  static constexpr RuleRecord record{
      .id = "naming.column_case",
      .summary = "Column names follow the configured case",
      .severity = Severity::warning,
      .kinds = {NodeKind::column},
      .why =
          "Names in one style are guessed right the first time. PostgreSQL folds unquoted\n"
          "names to lower case, so that any capital letter asks for quotes in every query.\n"
          "Columns of partitions and of foreign tables are left alone: their names come from\n"
          "elsewhere.",
      .bad = "CREATE TABLE customer (id bigint PRIMARY KEY, \"fullName\" text);",
      .good = "CREATE TABLE customer (id bigint PRIMARY KEY, full_name text);"};

  void check(const Node& column, Report& report) const {
    const Node table = column.parent();
    if (table.kind() != NodeKind::table || table.is_partition() || table.is_temporary()) return;
    if (follows(column.name(), style) || is_listed(column, exclude)) return;
    Finding& finding = report.add(
        column, "column " + text(column.qualified_name()) + " is not named in " + name_of(style));
    const std::string better = rewritten(column.name(), style);
    if (!follows(better, style)) return;  // a symbol in it: there is no telling what it stands for
    finding.hint("name it " + quoted(better))
        .suggestion("ALTER TABLE " + text(table.qualified_name()) + " RENAME COLUMN " +
                    quoted(column.name()) + " TO " + quoted(better) + ";");
  }
};

}  // namespace

RuleExtension column_case() {
  return confiture::rule<ColumnCase>();
}

}  // namespace plugins::naming
