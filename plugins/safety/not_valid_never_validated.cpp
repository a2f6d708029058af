// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct NotValidNeverValidated {
  static constexpr RuleRecord record{
      .id = "safety.not_valid_never_validated",
      .summary = "A constraint that is added NOT VALID is validated by a later migration",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::constraint},
      .scope = Scope::migrations,
      .why =
          "Until it is validated, rows from before the constraint may break it: the planner does "
          "not use it, SET NOT NULL and ATTACH PARTITION read the table all the same, and a dump "
          "of the database may fail to be restored. VALIDATE CONSTRAINT lets readers and writers "
          "pass.",
      .bad = "ALTER TABLE invoice ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;",
      .good =
          "-- file: 1_add.up.sql\nALTER TABLE invoice ADD CONSTRAINT positive CHECK (total > 0) "
          "NOT VALID;\n-- file: 2_validate.up.sql\nALTER TABLE invoice VALIDATE CONSTRAINT "
          "positive;"};

  void check(const Node& constraint, Report& report) const {
    const std::string_view kind = constraint.constraint_kind();
    if (constraint.is_valid() || (kind != "check" && kind != "foreign_key")) return;
    const Node owner = constraint.parent();
    const bool domain = owner.kind() == NodeKind::domain;
    const std::string name = text(owner.qualified_name());
    report
        .add(constraint, "constraint " + quoted(constraint.name()) + " of " +
                             (domain ? "domain " : "table ") + name +
                             " is NOT VALID, and no migration validates it")
        .hint("validate it in a later migration")
        .suggestion(std::string(domain ? "ALTER DOMAIN " : "ALTER TABLE ") + name +
                    " VALIDATE CONSTRAINT " + quoted(constraint.name()) + ";");
  }
};

}  // namespace

RuleExtension not_valid_never_validated() {
  return confiture::rule<NotValidNeverValidated>();
}

}  // namespace plugins::safety
