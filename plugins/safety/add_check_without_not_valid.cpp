// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct AddCheckWithoutNotValid {
  static constexpr RuleRecord record{
      .id = "safety.add_check_without_not_valid",
      .summary = "A CHECK is added NOT VALID, and validated later",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "ADD CONSTRAINT ... CHECK reads the whole table under an ACCESS EXCLUSIVE lock: nobody "
          "can read or write it. NOT VALID checks only what is written from then on; VALIDATE "
          "CONSTRAINT in a later migration reads the old rows under a lock that lets readers and "
          "writers pass. A table that the same file made is exempt.",
      .bad = "ALTER TABLE invoice ADD CONSTRAINT positive CHECK (total > 0);",
      .good = "ALTER TABLE invoice ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;",
      .fix = Fix::unsafe};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &AddCheckWithoutNotValid::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    const Node constraint = added_constraint(action, "check");
    if (!constraint || !constraint.is_valid()) return;
    const std::uint64_t end = action.location().end_offset;
    sizes
        .weigh(report, action,
               report.add(action, "constraint " + quoted(constraint.name()) +
                                      " reads the whole of table " + text(action.qualified_name()) +
                                      " while nobody can read or write it"),
               "add NOT VALID, and VALIDATE CONSTRAINT in a later migration")
        .fix(end, end, " NOT VALID");
  }
};

}  // namespace

RuleExtension add_check_without_not_valid() {
  return confiture::rule<AddCheckWithoutNotValid>();
}

}  // namespace plugins::safety
