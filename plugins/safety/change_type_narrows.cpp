// SPDX-License-Identifier: MIT
#include "plugins/safety/_type_change.hpp"

namespace plugins::safety {
namespace {

struct ChangeTypeNarrows {
  static constexpr RuleRecord record{
      .id = "safety.change_type_narrows",
      .summary = "No column gets a type that holds less than the old one",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "A type that holds less makes the statement fail at the first value that does not fit, "
          "or takes a part of the values: digits, the time of day, what does not fit. Such a part "
          "cannot be brought back. Only columns whose old type some migration tells are judged; a "
          "table that the same file made is exempt.",
      .bad =
          "-- file: 1_make.up.sql\nCREATE TABLE customer (name varchar(100));\n-- file: "
          "2_narrow.up.sql\nALTER TABLE customer ALTER COLUMN name TYPE varchar(50);",
      .good =
          "-- file: 1_make.up.sql\nCREATE TABLE customer (name varchar(100));\n-- file: "
          "2_widen.up.sql\nALTER TABLE customer ALTER COLUMN name TYPE varchar(200);"};

  void check(const Node& action, Report& report) const {
    const TypeChange change = type_change(action, report);
    if (!change.column || !narrows(change.from, change.to)) return;
    report
        .add(action, column_of(action) + " changes from " + text(action.target().type_sql()) +
                         " to " + text(change.column.type_sql()) +
                         ", which cannot hold all of its values")
        .hint("count the values that do not fit, and move them out of the way first");
  }
};

}  // namespace

RuleExtension change_type_narrows() {
  return confiture::rule<ChangeTypeNarrows>();
}

}  // namespace plugins::safety
