// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"
#include "plugins/structure/_types.hpp"

namespace plugins::structure {
namespace {

struct BanMoney {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &BanMoney::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.ban_money",
      .summary = "No column is of type money",
      .severity = Severity::warning,
      .risk = Risk::low,
      .kinds = {NodeKind::column},
      .why =
          "`money` keeps no currency, and reads and writes its values by the setting\n"
          "`lc_monetary`: a dump restored under another locale has other amounts. Use\n"
          "`numeric` and a column for the currency.",
      .bad = "CREATE TABLE invoice (id bigint PRIMARY KEY, total money NOT NULL);",
      .good = "CREATE TABLE invoice (id bigint PRIMARY KEY, total numeric(12, 2) NOT NULL);",
      .fix = Fix::unsafe};

  void check(const Node& column, Report& report) const {
    if (built_in_type(column) != "money") return;
    if (!is_judged(column, exclude)) return;
    Finding& finding = report
                           .add(column, "column " + text(column.qualified_name()) +
                                            " is of type money, which depends on lc_monetary")
                           .hint("use numeric(12, 2) and a column for the currency")
                           .suggestion(alter_type(column, "numeric(12, 2)"));
    retype(finding, column, "numeric(12, 2)");
  }
};

}  // namespace

RuleExtension ban_money() {
  return confiture::rule<BanMoney>();
}

}  // namespace plugins::structure
