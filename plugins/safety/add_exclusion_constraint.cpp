// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct AddExclusionConstraint {
  static constexpr RuleRecord record{
      .id = "safety.add_exclusion_constraint",
      .summary = "No exclusion constraint is added to a table in use",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "ADD CONSTRAINT ... EXCLUDE builds its index, and compares all rows, under an ACCESS "
          "EXCLUSIVE lock: nobody can read or write the table. It can be neither NOT VALID nor "
          "take over an index: there is no way to add it while the table is in use. A table that "
          "the same file made is exempt.",
      .bad =
          "ALTER TABLE booking ADD CONSTRAINT one_guest EXCLUDE USING gist (room WITH =, stay WITH "
          "&&);",
      .good =
          "CREATE TABLE booking (room int, stay daterange);\nALTER TABLE booking ADD CONSTRAINT "
          "one_guest EXCLUDE USING gist (room WITH =, stay WITH &&);"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &AddExclusionConstraint::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    const Node constraint = added_constraint(action, "exclude");
    if (!constraint) return;
    sizes.weigh(
        report, action,
        report.add(action, "exclusion constraint " + quoted(constraint.name()) +
                               " builds its index while nobody can read or write table " +
                               text(action.qualified_name())),
        "take a maintenance window, or fill a new table that has it and let it replace this "
        "one");
  }
};

}  // namespace

RuleExtension add_exclusion_constraint() {
  return confiture::rule<AddExclusionConstraint>();
}

}  // namespace plugins::safety
