// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct RoleSuperuser {
  static constexpr RuleRecord record{
      .id = "security.role_superuser",
      .summary = "No role is made that passes the rights of the database by",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::statement},
      .scope = Scope::both,
      .why =
          "SUPERUSER is above every check, BYPASSRLS above every row security policy, and a\n"
          "role with CREATEROLE gives itself the rights of others. The predefined roles that\n"
          "read and write the server's files or run its programs are a superuser's rights as\n"
          "well. Such roles belong to whoever runs the server, not to a schema or a\n"
          "migration.",
      .bad = "CREATE ROLE deploy LOGIN SUPERUSER;",
      .good = "CREATE ROLE deploy LOGIN;"};

  void check(const Node& statement, Report& report) const {
    const std::string_view tag = statement.statement_tag();
    if (tag == "GRANT ROLE") return membership(statement, report);
    if (tag != "CREATE ROLE" && tag != "ALTER ROLE") return;
    const Tree options = report.tree(statement)["options"];
    for (const Tree& option : options) {
      const std::string_view name = option.text("defname");
      const bool superuser = name == "superuser", bypass = name == "bypassrls";
      if ((!superuser && !bypass && name != "createrole") || !option["arg"].truth("boolval"))
        continue;
      report
          .add(statement, "role " + text(statement.qualified_name()) +
                              (superuser ? " is above every check: SUPERUSER"
                               : bypass  ? " is above every row security policy: BYPASSRLS"
                                         : " can give itself the rights of others: CREATEROLE"))
          .hint("leave it away, and give the role the privileges that it needs");
    }
  }

 private:
  static void membership(const Node& statement, Report& report) {
    const Tree granted = report.tree(statement)["granted_roles"];
    for (const Tree& role : granted) {
      const std::string_view name = role.text("priv_name");
      if (name != "pg_execute_server_program" && name != "pg_write_server_files" &&
          name != "pg_read_server_files")
        continue;
      report
          .add(statement, "role " + text(name) +
                              " gives a superuser's reach into the server's files and programs")
          .hint("leave it to whoever runs the server");
    }
  }
};

}  // namespace

RuleExtension role_superuser() {
  return confiture::rule<RoleSuperuser>();
}

}  // namespace plugins::security
