// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct AlterDomainAddConstraint {
  static constexpr RuleRecord record{
      .id = "safety.alter_domain_add_constraint",
      .summary = "A constraint of a domain is added NOT VALID",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "ALTER DOMAIN ... ADD CONSTRAINT reads every table that has a column of the domain, "
          "under a SHARE lock on each: nobody can write to any of them. NOT VALID reads nothing "
          "and locks no table. VALIDATE CONSTRAINT later reads them all under the same locks, so "
          "run it when little is written. A domain that the same file made is exempt.",
      .bad = "ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (VALUE LIKE '%@%');",
      .good = "ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (VALUE LIKE '%@%') NOT VALID;",
      .fix = Fix::safe};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "add_constraint" || action.created_here()) return;
    const Node statement = action.parent();
    if (statement.statement_tag() != "ALTER DOMAIN" || is_not_valid(report.tree(statement))) return;
    const std::uint64_t end = statement.location().end_offset;
    report
        .add(action, "every table with a column of domain " + text(action.qualified_name()) +
                         " is read while nobody can write to it")
        .hint("add NOT VALID, and VALIDATE CONSTRAINT when little is written")
        .fix(end, end, " NOT VALID");
  }

 private:
  static bool is_not_valid(const Tree& statement) {
    return statement["def"].truth("skip_validation");
  }
};

}  // namespace

RuleExtension alter_domain_add_constraint() {
  return confiture::rule<AlterDomainAddConstraint>();
}

}  // namespace plugins::safety
