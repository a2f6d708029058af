// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct PreferBigintOverSmallint {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &PreferBigintOverSmallint::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.prefer_bigint_over_smallint",
      .summary = "Integer columns have more than 16 bits",
      .severity = Severity::off,
      .risk = Risk::low,
      .kinds = {NodeKind::column},
      .why =
          "A `smallint` ends at 32,767. Beside other columns it seldom saves a byte, since\n"
          "rows are aligned to eight. A column of a foreign key has the type of what it\n"
          "refers to, and is left alone.",
      .bad = "CREATE TABLE page (id bigint PRIMARY KEY, likes smallint NOT NULL DEFAULT 0);",
      .good = "CREATE TABLE page (id bigint PRIMARY KEY, likes bigint NOT NULL DEFAULT 0);"};

  void check(const Node& column, Report& report) const {
    if (built_in_type(column) != "int2" || is_array(column) || column.is_primary_key()) return;
    if (column.is_identity() || column.is_serial() || is_in_foreign_key(column)) return;
    if (!is_judged(column, exclude)) return;
    report.add(column, "column " + text(column.qualified_name()) + " has 16 bits and ends at 32767")
        .hint("use bigint")
        .suggestion(alter_type(column, "bigint"));
  }
};

}  // namespace

RuleExtension prefer_bigint_over_smallint() {
  return confiture::rule<PreferBigintOverSmallint>();
}

}  // namespace plugins::structure
