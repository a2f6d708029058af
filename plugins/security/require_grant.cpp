// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct RequireGrant {
  std::vector<std::string> roles;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("roles", &RequireGrant::roles, "Roles that must have SELECT; none: any grant will do"),
      field("exclude", &RequireGrant::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "security.require_grant",
      .summary = "Somebody beside its owner may use each table",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::table},
      .why =
          "A table without a GRANT works on the machine where one role owns and uses all, and\n"
          "fails with \"permission denied\" where the application has a role of its own.\n"
          "`roles` names those that must be able to read each table; rights from ALTER\n"
          "DEFAULT PRIVILEGES count.",
      .bad = "CREATE TABLE invoice (id bigint PRIMARY KEY);",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY);\n"
          "GRANT SELECT ON invoice TO app;"};

  void check(const Node& table, Report& report) const {
    if (!is_lasting_table(table) || is_listed(table, exclude)) return;
    if (roles.empty() && table.grants().empty())
      report.add(table, "nobody but its owner may use table " + text(table.qualified_name()))
          .hint("grant the roles of the application what they need");
    for (const std::string& role : roles)
      if (reached_by(table, {role}, "select").empty())
        report
            .add(table,
                 "role " + role_text(role) + " may not read table " + text(table.qualified_name()))
            .hint("grant what it needs")
            .suggestion("GRANT SELECT ON " + text(table.qualified_name()) + " TO " +
                        role_text(role) + ";");
  }
};

}  // namespace

RuleExtension require_grant() {
  return confiture::rule<RequireGrant>();
}

}  // namespace plugins::security
