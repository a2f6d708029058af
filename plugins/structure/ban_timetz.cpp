// SPDX-License-Identifier: MIT
#include "plugins/common/queries.hpp"
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"
#include "plugins/structure/_types.hpp"

namespace plugins::structure {
namespace {

struct BanTimetz {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &BanTimetz::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.ban_timetz",
      .summary = "No time of day has a time zone",
      .severity = Severity::warning,
      .risk = Risk::low,
      .kinds = {NodeKind::column},
      .why =
          "A time of day without a date cannot know whether daylight saving time is in force,\n"
          "so its offset says nothing. The type exists because the SQL standard has it;\n"
          "`CURRENT_TIME` is of that type. Use `timestamptz` for a point in time, or `time`\n"
          "for a clock.",
      .bad = "CREATE TABLE shop (id bigint PRIMARY KEY, opens timetz NOT NULL);",
      .good = "CREATE TABLE shop (id bigint PRIMARY KEY, opens time NOT NULL);",
      .fix = Fix::unsafe};

  void check(const Node& column, Report& report) const {
    const bool typed = built_in_type(column) == "timetz";
    if (!typed && !mentions(column.default_sql(), "current_time")) return;
    if (!typed && !is_current_time(report.expression(column.default_sql()))) return;
    if (!is_judged(column, exclude)) return;
    Finding& finding =
        report
            .add(column, typed ? "column " + text(column.qualified_name()) +
                                     " is a time of day with a time zone"
                               : "the default of column " + text(column.qualified_name()) +
                                     " is CURRENT_TIME, a time of day with a time zone")
            .hint(typed ? "use timestamptz for a point in time, time for a clock"
                        : "use LOCALTIME, or now() for a point in time");
    if (typed) retype(finding, column, "time" + modifier_of(column));
  }

 private:
  static bool is_current_time(const Tree& value) {
    return value.any([](const Tree& part) {
      return part.is("SQLValueFunction") && part.text("op").starts_with("SVFOP_CURRENT_TIME") &&
             !part.text("op").starts_with("SVFOP_CURRENT_TIMESTAMP");
    });
  }
};

}  // namespace

RuleExtension ban_timetz() {
  return confiture::rule<BanTimetz>();
}

}  // namespace plugins::structure
