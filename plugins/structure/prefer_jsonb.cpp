// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"
#include "plugins/structure/_types.hpp"

namespace plugins::structure {
namespace {

struct PreferJsonb {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &PreferJsonb::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.prefer_jsonb",
      .summary = "JSON is stored as jsonb",
      .severity = Severity::warning,
      .risk = Risk::low,
      .kinds = {NodeKind::column},
      .why =
          "`json` is checked text: every look into it parses it again, it has no equality, so\n"
          "that DISTINCT, GROUP BY and UNION fail, and no GIN index can search it. `jsonb`\n"
          "has all three. It forgets only the order of keys, blanks and repeated keys.",
      .bad = "CREATE TABLE event (id bigint PRIMARY KEY, payload json NOT NULL);",
      .good = "CREATE TABLE event (id bigint PRIMARY KEY, payload jsonb NOT NULL);",
      .fix = Fix::unsafe};

  void check(const Node& column, Report& report) const {
    if (built_in_type(column) != "json") return;
    if (!is_judged(column, exclude)) return;
    Finding& finding =
        report
            .add(column, "column " + text(column.qualified_name()) +
                             " is of type json, which has no equality and is parsed at each use")
            .hint("use jsonb")
            .suggestion(alter_type(column, "jsonb"));
    retype(finding, column, "jsonb");
  }
};

}  // namespace

RuleExtension prefer_jsonb() {
  return confiture::rule<PreferJsonb>();
}

}  // namespace plugins::structure
