// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"
#include "plugins/structure/_types.hpp"

namespace plugins::structure {
namespace {

struct BanTimestampPrecision {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &BanTimestampPrecision::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.ban_timestamp_precision",
      .summary = "No time is rounded to seconds by its type",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::column},
      .why =
          "`timestamp(0)` rounds and does not cut: a value can lie half a second in the\n"
          "future, and `now()` stored in it is later than `now()`. Keep the microseconds,\n"
          "they take no space, and use `date_trunc` where seconds are wanted.",
      .bad = "CREATE TABLE visit (id bigint PRIMARY KEY, at timestamptz(0) NOT NULL);",
      .good = "CREATE TABLE visit (id bigint PRIMARY KEY, at timestamptz NOT NULL);",
      .fix = Fix::unsafe};

  void check(const Node& column, Report& report) const {
    const std::string_view type = built_in_type(column);
    if (type != "timestamp" && type != "timestamptz" && type != "time" && type != "timetz") return;
    if (!column.has_precision() || column.precision() != 0) return;
    if (!is_judged(column, exclude)) return;
    Finding& finding =
        report
            .add(column, "column " + text(column.qualified_name()) +
                             " rounds to seconds: it is of type " + text(column.type_sql()))
            .hint("leave the precision away; date_trunc() where it is shown")
            .suggestion(alter_type(column, type));
    retype(finding, column, text(type));
  }
};

}  // namespace

RuleExtension ban_timestamp_precision() {
  return confiture::rule<BanTimestampPrecision>();
}

}  // namespace plugins::structure
