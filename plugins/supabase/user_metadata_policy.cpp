// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/supabase/_policies.hpp"

namespace plugins::supabase {
namespace {

struct UserMetadataPolicy {
  static constexpr RuleRecord record{
      .id = "supabase.user_metadata_policy",
      .summary = "No policy trusts what users say of themselves",
      .severity = Severity::off,
      .risk = Risk::high,
      .kinds = {NodeKind::statement},
      .scope = Scope::both,
      .why =
          "Users write their own `user_metadata` (`raw_user_meta_data`): who sets `role` to\n"
          "`admin` there is one for the policy. `app_metadata` is written by the server only.\n"
          "The rule is there where the project names its plugin: `plugins: [{ id: supabase\n"
          "}]`.",
      .bad =
          "CREATE TABLE note (id bigint PRIMARY KEY);\n"
          "CREATE POLICY admins ON note USING (auth.jwt() -> 'user_metadata' ->> 'role' = "
          "'admin');",
      .good =
          "CREATE TABLE note (id bigint PRIMARY KEY);\n"
          "CREATE POLICY admins ON note USING (auth.jwt() -> 'app_metadata' ->> 'role' = 'admin');",
      .category = "security"};

  void check(const Node& statement, Report& report) const {
    if (!is_policy(statement)) return;
    const Tree policy = report.tree(statement);
    const bool trusts = condition_has(policy, [](const Tree& part) {
      return (part.is_string() && part.string() == "user_metadata") ||
             (part.is("ColumnRef") && part.column_name() == "raw_user_meta_data");
    });
    if (trusts)
      report
          .add(statement,
               policy_text(policy) + " trusts user_metadata, which users write themselves")
          .hint("ask for app_metadata");
  }
};

}  // namespace

RuleExtension user_metadata_policy() {
  return confiture::rule<UserMetadataPolicy>();
}

}  // namespace plugins::supabase
