// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct DisallowInheritance {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(field(
      "exclude", &DisallowInheritance::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "structure.disallow_inheritance",
      .summary = "No table inherits from another",
      .severity = Severity::warning,
      .kinds = {NodeKind::table},
      .why =
          "INHERITS promises less than it seems: primary keys, unique constraints and foreign\n"
          "keys do not reach the children, and a query of the parent reads them all. For\n"
          "partitions there is PARTITION BY, for kinds of one thing a column or a table with\n"
          "a foreign key.",
      .bad =
          "CREATE TABLE city (id bigint PRIMARY KEY, name text);\n"
          "CREATE TABLE capital (country text) INHERITS (city);",
      .good = "CREATE TABLE city (id bigint PRIMARY KEY, name text, capital_of text);"};

  void check(const Node& table, Report& report) const {
    if (table.parents().empty() || !is_judged_table(table, exclude)) return;
    report
        .add(table, "table " + text(table.qualified_name()) + " inherits from " +
                        text(table.parents()[0].qualified_name()))
        .hint("use PARTITION BY, or a foreign key");
  }
};

}  // namespace

RuleExtension disallow_inheritance() {
  return confiture::rule<DisallowInheritance>();
}

}  // namespace plugins::structure
