// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"
#include "plugins/structure/_types.hpp"

namespace plugins::structure {
namespace {

struct BanFloatingPoint {
  std::vector<std::string> names{"amount", "price",   "cost",     "total",   "subtotal",
                                 "tax",    "vat",     "fee",      "balance", "salary",
                                 "wage",   "payment", "discount", "freight", "revenue",
                                 "budget", "invoice", "credit",   "debit"};
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("names", &BanFloatingPoint::names,
                              "Words that make a column's name the name of an amount"),
                        field("exclude", &BanFloatingPoint::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.ban_floating_point",
      .summary = "Amounts are exact numbers",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::column},
      .why =
          "`real` and `double precision` cannot hold 0.1: sums of prices drift by cents, and\n"
          "equality fails. Use `numeric`. Which columns hold amounts is read from their\n"
          "names; measured values may well be floating-point numbers.",
      .bad = "CREATE TABLE product (id bigint PRIMARY KEY, price real NOT NULL);",
      .good = "CREATE TABLE product (id bigint PRIMARY KEY, price numeric(10, 2) NOT NULL);",
      .fix = Fix::unsafe};

  void check(const Node& column, Report& report) const {
    const std::string_view type = built_in_type(column);
    if ((type != "float4" && type != "float8") || matching(column.name(), names) == nullptr) return;
    if (!is_judged(column, exclude)) return;
    Finding& finding = report
                           .add(column, "column " + text(column.qualified_name()) +
                                            " seems to hold an amount, as an inexact number")
                           .hint("use numeric with a precision")
                           .suggestion(alter_type(column, "numeric(12, 2)"));
    retype(finding, column, "numeric(12, 2)");
  }
};

}  // namespace

RuleExtension ban_floating_point() {
  return confiture::rule<BanFloatingPoint>();
}

}  // namespace plugins::structure
