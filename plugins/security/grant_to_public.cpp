// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct GrantToPublic {
  static constexpr RuleRecord record{
      .id = "security.grant_to_public",
      .summary = "Privileges are given one by one, and to roles",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::statement},
      .scope = Scope::both,
      .why =
          "What PUBLIC has, every role has, also the one that is made next year. GRANT ALL\n"
          "gives TRUNCATE, TRIGGER and REFERENCES with what was meant, and what later\n"
          "versions of PostgreSQL add; WITH GRANT OPTION lets a role pass on what it has.\n"
          "Name the role and the privileges. USAGE of a schema or a type, which shows no\n"
          "data, may be public.",
      .bad =
          "CREATE TABLE price (id bigint PRIMARY KEY);\n"
          "GRANT SELECT, INSERT ON price TO PUBLIC;",
      .good =
          "CREATE TABLE price (id bigint PRIMARY KEY);\n"
          "GRANT SELECT, INSERT ON price TO clerk;"};

  void check(const Node& statement, Report& report) const {
    const std::string_view tag = statement.statement_tag();
    if (tag != "GRANT" && tag != "ALTER DEFAULT PRIVILEGES") return;
    Tree grant = report.tree(statement);
    if (tag != "GRANT") grant = grant["action"];
    if (!grant.truth("is_grant")) return;
    const Tree privileges = grant["privileges"], grantees = grant["grantees"];
    std::string words;
    for (const Tree& one : privileges)
      words += (words.empty() ? "" : ", ") + text(one.text("priv_name"));
    const bool all = privileges.empty();
    std::string roles;
    bool everybody = false;
    for (const Tree& role : grantees) {
      everybody = everybody || role.text("roletype") == "ROLESPEC_PUBLIC";
      roles += (roles.empty() ? "" : ", ") + quoted(role.text("rolename"));
    }
    const std::string on =
        statement.qualified_name().empty() ? "" : " on " + text(statement.qualified_name());
    const std::string what = (all ? "every privilege" : words) + on;
    if (everybody) {
      if (words == "usage" || makes_public_schema_open(grant, words)) return;
      report.add(statement, "PUBLIC, which is every role, gets " + what)
          .hint("grant it to the roles that need it");
    } else if (all) {
      report.add(statement, "role " + roles + " gets " + what + ", also what is not needed")
          .hint("name the privileges");
    }
    if (grant.truth("grant_option"))
      report.add(statement, "role " + roles + " may pass on " + what)
          .hint("leave WITH GRANT OPTION away");
  }

 private:
  // That is the rule security.public_schema_create.
  static bool makes_public_schema_open(const Tree& grant, const std::string& words) {
    const Tree objects = grant["objects"];
    return grant.text("objtype") == "OBJECT_SCHEMA" && (words.empty() || lists(words, "create")) &&
           objects.size() == 1 && objects.at(0).string() == "public";
  }
};

}  // namespace

RuleExtension grant_to_public() {
  return confiture::rule<GrantToPublic>();
}

}  // namespace plugins::security
