// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct AlterDomainSetNotNull {
  static constexpr RuleRecord record{
      .id = "safety.alter_domain_set_not_null",
      .summary = "No domain in use is made NOT NULL by a scan of its tables",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "ALTER DOMAIN ... SET NOT NULL reads every table that has a column of the domain, under "
          "a SHARE lock on each: nobody can write to any of them, and it has no NOT VALID form. "
          "Add CHECK (VALUE IS NOT NULL) NOT VALID instead, or make the columns NOT NULL one by "
          "one. A domain that the same file made is exempt.",
      .bad = "ALTER DOMAIN email SET NOT NULL;",
      .good = "ALTER DOMAIN email ADD CONSTRAINT there CHECK (VALUE IS NOT NULL) NOT VALID;"};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "set_not_null" || action.created_here()) return;
    if (action.parent().statement_tag() != "ALTER DOMAIN") return;
    if (action.target() && !action.target().is_nullable()) return;
    report
        .add(action, "every table with a column of domain " + text(action.qualified_name()) +
                         " is read while nobody can write to it")
        .hint(
            "add CHECK (VALUE IS NOT NULL) NOT VALID instead, and validate it when little is "
            "written");
  }
};

}  // namespace

RuleExtension alter_domain_set_not_null() {
  return confiture::rule<AlterDomainSetNotNull>();
}

}  // namespace plugins::safety
