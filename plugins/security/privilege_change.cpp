// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct PrivilegeChange {
  static constexpr RuleRecord record{
      .id = "security.privilege_change",
      .summary = "A migration changes who may do what after somebody has looked at it",
      .severity = Severity::info,
      .risk = Risk::medium,
      .kinds = {NodeKind::statement},
      .why =
          "GRANT, REVOKE and ALTER DEFAULT PRIVILEGES work at once, for every session, and a\n"
          "wrong one is noticed late: by those who cannot work any more, or by nobody. The\n"
          "finding is there to be looked at; accept it when you did. Privileges on an object\n"
          "that the same file makes are part of making it; policies are told of by\n"
          "safety.row_security_change.",
      .bad = "GRANT SELECT ON invoice TO reporting;",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY);\n"
          "GRANT SELECT ON invoice TO reporting;"};

  void check(const Node& statement, Report& report) const {
    const std::string_view tag = statement.statement_tag();
    if (tag != "GRANT" && tag != "REVOKE" && tag != "GRANT ROLE" && tag != "REVOKE ROLE" &&
        tag != "ALTER DEFAULT PRIVILEGES")
      return;
    if (statement.created_here()) return;
    std::string what = tag == "ALTER DEFAULT PRIVILEGES"
                           ? "what roles may do with objects that are made later"
                       : tag.ends_with("ROLE")
                           ? "which roles have the rights of others"
                           : "what roles may do with " + (statement.qualified_name().empty()
                                                              ? std::string("the objects it names")
                                                              : text(statement.qualified_name()));
    report.add(statement, text(tag) + " changes " + what)
        .hint("look who gets or loses what, then accept the finding");
  }
};

}  // namespace

RuleExtension privilege_change() {
  return confiture::rule<PrivilegeChange>();
}

}  // namespace plugins::security
