// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"
#include "plugins/structure/_types.hpp"

namespace plugins::structure {
namespace {

struct PreferBigintOverInt {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &PreferBigintOverInt::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.prefer_bigint_over_int",
      .summary = "Integer columns have 64 bits",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::column},
      .why =
          "An `int` ends at 2,147,483,647, and the day a counter or a sum gets there every\n"
          "insert fails. The change to `bigint` rewrites the table under an exclusive lock.\n"
          "Keys are the matter of `structure.prefer_bigint_primary_key`; a column of a\n"
          "foreign key has the type of what it refers to; a CHECK that names an upper limit\n"
          "makes the range known.",
      .bad = "CREATE TABLE page (id bigint PRIMARY KEY, views int NOT NULL DEFAULT 0);",
      .good = "CREATE TABLE page (id bigint PRIMARY KEY, views bigint NOT NULL DEFAULT 0);",
      .fix = Fix::unsafe};

  void check(const Node& column, Report& report) const {
    if (built_in_type(column) != "int4" || is_array(column)) return;
    if (column.is_primary_key() || column.is_identity() || column.is_serial()) return;
    if (is_in_foreign_key(column) || has_limit(column, report)) return;
    if (!is_judged(column, exclude)) return;
    Finding& finding = report
                           .add(column, "column " + text(column.qualified_name()) +
                                            " has 32 bits and ends at 2147483647")
                           .hint("use bigint")
                           .suggestion(alter_type(column, "bigint"));
    retype(finding, column, "bigint");
  }

 private:
  // CHECK (c < 10), CHECK (c BETWEEN 1 AND 5), CHECK (c IN (1, 2)).
  static bool has_limit(const Node& column, const Report& report) {
    for (const Node& constraint : column.parent().constraints()) {
      if (constraint.constraint_kind() != "check") continue;
      const bool limits = report.expression(constraint.expression_sql()).any([&](const Tree& part) {
        return part.is("A_Expr") && is_limit(part) &&
               (part["lexpr"].column_name() == column.name() ||
                part["rexpr"].column_name() == column.name());
      });
      if (limits) return true;
    }
    return false;
  }
  static bool is_limit(const Tree& comparison) {
    const std::string_view kind = comparison.text("kind");
    const std::string_view sign = comparison.operator_name();
    if (kind == "AEXPR_BETWEEN" || kind == "AEXPR_IN") return true;
    if (sign == "=") return true;
    const bool number_right = comparison["rexpr"].is_number();
    const bool less = sign == "<" || sign == "<=", more = sign == ">" || sign == ">=";
    return number_right ? less : comparison["lexpr"].is_number() && more;
  }
};

}  // namespace

RuleExtension prefer_bigint_over_int() {
  return confiture::rule<PreferBigintOverInt>();
}

}  // namespace plugins::structure
