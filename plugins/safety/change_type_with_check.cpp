// SPDX-License-Identifier: MIT
#include "plugins/safety/_sizes.hpp"
#include "plugins/safety/_type_change.hpp"

namespace plugins::safety {
namespace {

struct ChangeTypeWithCheck {
  static constexpr RuleRecord record{
      .id = "safety.change_type_with_check",
      .summary = "No type change that rewrites nothing reads the table for a CHECK",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "Even where a new type leaves the rows as they are, every CHECK constraint on the column "
          "is made again and checked: the whole table is read under an ACCESS EXCLUSIVE lock. Drop "
          "the CHECK, change the type, add it again NOT VALID, and validate it in a later "
          "migration. A table that the same file made is exempt, and a change that rewrites the "
          "table is another rule's.",
      .bad =
          "-- file: 1_make.up.sql\nCREATE TABLE customer (name varchar(100) CHECK (name <> "
          "''));\n-- file: 2_widen.up.sql\nALTER TABLE customer ALTER COLUMN name TYPE text;",
      .good =
          "-- file: 1_make.up.sql\nCREATE TABLE customer (name varchar(100));\n-- file: "
          "2_widen.up.sql\nALTER TABLE customer ALTER COLUMN name TYPE text;"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &ChangeTypeWithCheck::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    const TypeChange change = type_change(action, report);
    if (!change.column || change.rewrites) return;
    for (const Node& constraint : table_before(action).constraints()) {
      if (constraint.constraint_kind() != "check" || !constraint.is_valid()) continue;
      const bool about = report.expression(constraint.expression_sql()).any([&](const Tree& node) {
        return node.is("ColumnRef") && node.column_name() == action.name();
      });
      if (!about) continue;
      sizes.weigh(report, action,
                  report.add(action, "the new type of " + column_of(action) + " makes constraint " +
                                         quoted(constraint.name()) +
                                         " read the whole table while nobody can read or write it"),
                  "drop the constraint before, add it again NOT VALID, and validate it in a later "
                  "migration");
      return;
    }
  }
};

}  // namespace

RuleExtension change_type_with_check() {
  return confiture::rule<ChangeTypeWithCheck>();
}

}  // namespace plugins::safety
