// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"
#include "plugins/structure/_types.hpp"

namespace plugins::structure {
namespace {

struct PreferTimestamptz {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &PreferTimestamptz::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.prefer_timestamptz",
      .summary = "A point in time knows its time zone",
      .severity = Severity::warning,
      .risk = Risk::low,
      .kinds = {NodeKind::column},
      .why =
          "`timestamp` holds what a clock on some wall showed. Which wall, nobody knows: with\n"
          "daylight saving time an hour each year is there twice, and a server that moves\n"
          "reads all old values anew. `timestamptz` takes the same eight bytes and is a point\n"
          "in time.",
      .bad = "CREATE TABLE visit (id bigint PRIMARY KEY, at timestamp NOT NULL);",
      .good = "CREATE TABLE visit (id bigint PRIMARY KEY, at timestamptz NOT NULL);",
      .fix = Fix::unsafe};

  void check(const Node& column, Report& report) const {
    if (built_in_type(column) != "timestamp") return;
    if (!is_judged(column, exclude)) return;
    Finding& finding = report
                           .add(column, "column " + text(column.qualified_name()) +
                                            " is a timestamp without time zone")
                           .hint("use timestamptz; name the zone of the old values: USING " +
                                 quoted(column.name()) + " AT TIME ZONE 'UTC'");
    retype(finding, column, "timestamptz" + modifier_of(column));
  }
};

}  // namespace

RuleExtension prefer_timestamptz() {
  return confiture::rule<PreferTimestamptz>();
}

}  // namespace plugins::structure
