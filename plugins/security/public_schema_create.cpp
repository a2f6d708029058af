// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct PublicSchemaCreate {
  static constexpr RuleRecord record{
      .id = "security.public_schema_create",
      .summary = "Not everybody may make objects in the schema public",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::statement},
      .scope = Scope::both,
      .why =
          "Who may create in `public` puts a function or an operator there that others call\n"
          "without knowing, since it is in every search_path: CVE-2018-1058. PostgreSQL 15\n"
          "and newer do not let PUBLIC do it, until somebody grants it; older ones do until\n"
          "CREATE is revoked.",
      .bad = "GRANT ALL ON SCHEMA public TO PUBLIC;",
      .good = "REVOKE CREATE ON SCHEMA public FROM PUBLIC;",
      .fix = Fix::safe};

  void check(const Node& statement, Report& report) const {
    if (statement.statement_tag() != "GRANT") return;
    const Tree grant = report.tree(statement);
    const Tree privileges = grant["privileges"], grantees = grant["grantees"],
               objects = grant["objects"];
    if (grant.text("objtype") != "OBJECT_SCHEMA") return;
    bool creates = privileges.empty(), everybody = false, there = false;
    for (const Tree& one : privileges) creates = creates || one.text("priv_name") == "create";
    for (const Tree& role : grantees)
      everybody = everybody || role.text("roletype") == "ROLESPEC_PUBLIC";
    for (const Tree& one : objects) there = there || one.string() == "public";
    if (!creates || !everybody || !there) return;
    Finding& finding =
        report.add(statement, "PUBLIC, which is every role, may make objects in the schema public");
    finding.hint("leave CREATE away, or give it to a role")
        .suggestion("REVOKE CREATE ON SCHEMA public FROM PUBLIC;");
    if (grantees.size() == 1 && objects.size() == 1 && !grant.truth("grant_option"))
      finding.fix(statement.location().offset, statement.location().end_offset,
                  "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
  }
};

}  // namespace

RuleExtension public_schema_create() {
  return confiture::rule<PublicSchemaCreate>();
}

}  // namespace plugins::security
