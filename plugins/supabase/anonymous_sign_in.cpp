// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/supabase/_policies.hpp"

namespace plugins::supabase {
namespace {

struct AnonymousSignIn {
  static constexpr RuleRecord record{
      .id = "supabase.anonymous_sign_in",
      .summary = "Policies for signed-in users do not mean anonymous ones",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::statement},
      .scope = Scope::both,
      .why =
          "Who signs in anonymously has the role `authenticated`, like a user with an\n"
          "account. A policy for that role lets them in until it asks for the claim:\n"
          "`(auth.jwt() ->> 'is_anonymous')::boolean IS false`, in itself or in a RESTRICTIVE\n"
          "policy of the table. Where anonymous sign-ins are off, the rule is not needed. The\n"
          "rule is there where the project names its plugin: `plugins: [{ id: supabase }]`.",
      .bad =
          "CREATE TABLE note (id bigint PRIMARY KEY, owner uuid);\n"
          "CREATE POLICY own ON note TO authenticated USING (owner = (SELECT auth.uid()));",
      .good =
          "CREATE TABLE note (id bigint PRIMARY KEY, owner uuid);\n"
          "CREATE POLICY own ON note TO authenticated USING (owner = (SELECT auth.uid())\n"
          "  AND (SELECT (auth.jwt() ->> 'is_anonymous')::boolean) IS false);",
      .category = "security"};

  void check(const Node& statement, Report& report) const {
    if (statement.statement_tag() != "CREATE POLICY") return;
    const Tree policy = report.tree(statement);
    if (!is_for_role(policy, "authenticated") || asks(policy)) return;
    for (const Node& other : statement.parent().statements())
      if (other.statement_tag() == "CREATE POLICY" &&
          other.qualified_name() == statement.qualified_name() &&
          !report.tree(other).truth("permissive") && asks(report.tree(other)))
        return;
    report.add(statement, policy_text(policy) + " lets users in who signed in anonymously")
        .hint("ask for the claim is_anonymous, or add a RESTRICTIVE policy that does");
  }

 private:
  static bool asks(const Tree& policy) {
    return condition_has(policy, [](const Tree& part) {
      return part.is_string() && part.string() == "is_anonymous";
    });
  }
};

}  // namespace

RuleExtension anonymous_sign_in() {
  return confiture::rule<AnonymousSignIn>();
}

}  // namespace plugins::supabase
