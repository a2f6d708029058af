// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct RlsPolicyAlwaysTrue {
  std::vector<std::string> roles = api_roles();
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("roles", &RlsPolicyAlwaysTrue::roles, "Roles that anybody may have"),
                        field("exclude", &RlsPolicyAlwaysTrue::exclude,
                              "Tables and policies left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "security.rls_policy_always_true",
      .summary = "No policy lets everybody write any row",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::policy},
      .why =
          "`USING (true)` for UPDATE, DELETE or ALL, and `WITH CHECK (true)` for INSERT, let\n"
          "every row pass: the table has row security in name only. A policy for roles of\n"
          "your own (`TO admin`), and one that a RESTRICTIVE policy of the table narrows, are\n"
          "left alone; so is SELECT, where all rows may be meant for all.",
      .bad =
          "CREATE TABLE note (id bigint PRIMARY KEY, author name);\n"
          "ALTER TABLE note ENABLE ROW LEVEL SECURITY;\n"
          "CREATE POLICY edit ON note FOR UPDATE USING (true);",
      .good =
          "CREATE TABLE note (id bigint PRIMARY KEY, author name);\n"
          "ALTER TABLE note ENABLE ROW LEVEL SECURITY;\n"
          "CREATE POLICY edit ON note FOR UPDATE USING (author = current_user);"};

  void check(const Node& policy, Report& report) const {
    const std::string_view command = policy.command();
    if (!policy.is_permissive() || command == "select") return;
    if (is_listed(policy, exclude) || is_listed(policy.parent(), exclude)) return;
    if (!policy.roles().empty() && !names_one(policy.roles())) return;
    const bool every = command == "insert" ? false : is_true(report.expression(policy.using_sql()));
    const bool any = is_true(report.expression(policy.check_sql()));
    if (command == "insert" ? !any : !every && !any) return;
    for (const Node& other : policy.parent().policies())
      if (!other.is_permissive() && (other.command() == "all" || other.command() == command))
        return;
    report
        .add(policy,
             "policy " + quoted(policy.name()) + " lets " +
                 (policy.roles().empty() || policy.roles() == "public" ? std::string("PUBLIC")
                                                                       : text(policy.roles())) +
                 (every ? " change any row of table " : " write any row to table ") +
                 text(policy.parent().qualified_name()))
        .hint("say in the policy whose rows they are");
  }

 private:
  bool names_one(std::string_view list) const {
    for (const std::string& role : roles)
      if (lists(list, role)) return true;
    return false;
  }
  // true, or 1 = 1.
  static bool is_true(const Tree& condition) {
    if (condition.is_true()) return true;
    const Tree left = condition["lexpr"], right = condition["rexpr"];
    return condition.is("A_Expr") && condition.operator_name() == "=" && left.is_number() &&
           right.is_number() && left.number() == right.number();
  }
};

}  // namespace

RuleExtension rls_policy_always_true() {
  return confiture::rule<RlsPolicyAlwaysTrue>();
}

}  // namespace plugins::security
