// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct NumericWithoutPrecision {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &NumericWithoutPrecision::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.numeric_without_precision",
      .summary = "Every numeric says its precision",
      .severity = Severity::off,
      .risk = Risk::low,
      .kinds = {NodeKind::column},
      .why =
          "`numeric` alone takes any number of digits: a division stores as many as it makes,\n"
          "and two columns that mean the same round differently. Arrays are left alone.",
      .bad = "CREATE TABLE product (id bigint PRIMARY KEY, price numeric NOT NULL);",
      .good = "CREATE TABLE product (id bigint PRIMARY KEY, price numeric(10, 2) NOT NULL);"};

  void check(const Node& column, Report& report) const {
    if (built_in_type(column) != "numeric" || column.has_precision() || is_array(column)) return;
    if (!is_judged(column, exclude)) return;
    report.add(column, "column " + text(column.qualified_name()) + " is a numeric of any precision")
        .hint("say it: numeric(12, 2)");
  }
};

}  // namespace

RuleExtension numeric_without_precision() {
  return confiture::rule<NumericWithoutPrecision>();
}

}  // namespace plugins::structure
