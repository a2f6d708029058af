// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct SingleColumnTable {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(field(
      "exclude", &SingleColumnTable::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "structure.single_column_table",
      .summary = "A table has more than one column",
      .severity = Severity::info,
      .kinds = {NodeKind::table},
      .why =
          "A table of one column is mostly a list that belongs into a CHECK or an enum, or a\n"
          "table whose columns were forgotten. One that others refer to is a list of allowed\n"
          "values, and left alone.",
      .bad = "CREATE TABLE holiday (day date PRIMARY KEY);",
      .good = "CREATE TABLE holiday (day date PRIMARY KEY, name text NOT NULL);"};

  void check(const Node& table, Report& report) const {
    if (!is_judged_table(table, exclude) || table.columns().size() != 1) return;
    if (table.columns()[0].type_name().empty()) return;  // CREATE TABLE AS: not all are known
    if (!table.parents().empty() || !table.referenced_by().empty()) return;
    report
        .add(table, "table " + text(table.qualified_name()) + " has one column, " +
                        quoted(table.columns()[0].name()))
        .hint("add what is missing, or exclude the table");
  }
};

}  // namespace

RuleExtension single_column_table() {
  return confiture::rule<SingleColumnTable>();
}

}  // namespace plugins::structure
