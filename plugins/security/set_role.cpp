// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct SetRole {
  static constexpr RuleRecord record{
      .id = "security.set_role",
      .summary = "A migration runs as the role that it was started as",
      .severity = Severity::info,
      .risk = Risk::medium,
      .kinds = {NodeKind::statement},
      .why =
          "After SET ROLE or SET SESSION AUTHORIZATION the objects belong to another role,\n"
          "and what follows in the session runs with its rights, or fails for the lack of\n"
          "them. Where the owner of new objects is what is meant, ALTER ... OWNER TO says it\n"
          "at the object.",
      .bad = "SET ROLE schema_owner;",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY);\n"
          "ALTER TABLE invoice OWNER TO schema_owner;"};

  void check(const Node& statement, Report& report) const {
    if (statement.statement_tag() != "SET" || statement.value().empty()) return;
    const bool role = statement.name() == "role";
    if ((!role && statement.name() != "session_authorization") || statement.value() == "none")
      return;
    report.add(statement, "what follows runs as role " + quoted(statement.value()))
        .hint(statement.is_local() || !role
                  ? "run the migration as the role that it needs"
                  : "run the migration as the role that it needs, or use SET LOCAL ROLE");
  }
};

}  // namespace

RuleExtension set_role() {
  return confiture::rule<SetRole>();
}

}  // namespace plugins::security
