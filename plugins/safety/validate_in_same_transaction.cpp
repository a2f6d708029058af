// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"
#include "plugins/safety/_transactions.hpp"

namespace plugins::safety {
namespace {

struct ValidateInSameTransaction {
  static constexpr RuleRecord record{
      .id = "safety.validate_in_same_transaction",
      .summary = "A constraint is validated in a later transaction than the one that adds it",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "The lock that ADD CONSTRAINT ... NOT VALID takes is held to the end of the transaction. "
          "VALIDATE CONSTRAINT before that end reads the whole table under it: all that NOT VALID "
          "was to spare. Validate in a migration of its own. A table that the same file made is "
          "exempt.",
      .bad =
          "ALTER TABLE invoice ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;\nALTER TABLE "
          "invoice VALIDATE CONSTRAINT positive;",
      .good =
          "-- file: 1_add.up.sql\nALTER TABLE invoice ADD CONSTRAINT positive CHECK (total > 0) "
          "NOT VALID;\n-- file: 2_validate.up.sql\nALTER TABLE invoice VALIDATE CONSTRAINT "
          "positive;"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &ValidateInSameTransaction::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "validate_constraint" || !is_on_old_table(action)) return;
    const Node validating = action.parent();
    bool added = false;
    for (const Node& statement : validating.parent().statements()) {
      if (!(statement == validating) &&
          !(statement.in_transaction() && validating.in_transaction()))
        continue;
      const Control control = control_of(statement, report);
      if (control == Control::commits || control == Control::rolls_back) added = false;
      if (statement.qualified_name() == validating.qualified_name())
        added = added || adds(statement, action.name());
    }
    if (!added) return;
    sizes.weigh(
        report, action,
        report.add(action,
                   "constraint " + quoted(action.name()) +
                       " is validated while the lock is held that adding it took on table " +
                       text(action.qualified_name())),
        "move VALIDATE CONSTRAINT to a later migration");
  }

 private:
  static bool adds(const Node& statement, std::string_view constraint) {
    for (const Node& action : statement.subcommands())
      if (action.subcommand() == "add_constraint" && action.result().name() == constraint)
        return true;
    return false;
  }
};

}  // namespace

RuleExtension validate_in_same_transaction() {
  return confiture::rule<ValidateInSameTransaction>();
}

}  // namespace plugins::safety
