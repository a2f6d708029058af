// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/supabase/_policies.hpp"

namespace plugins::supabase {
namespace {

struct BucketListing {
  static constexpr RuleRecord record{
      .id = "supabase.bucket_listing",
      .summary = "A public bucket does not list its files",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::statement},
      .scope = Scope::both,
      .why =
          "The files of a public bucket can be read by their URL without any policy. A policy\n"
          "FOR SELECT on `storage.objects` that asks for nothing but the bucket lets\n"
          "everybody list the names of all of its files. Leave it away, or let users see\n"
          "their own folder. The rule is there where the project names its plugin: `plugins:\n"
          "[{ id: supabase }]`.",
      .bad = "CREATE POLICY avatars ON storage.objects FOR SELECT USING (bucket_id = 'avatars');",
      .good =
          "CREATE POLICY avatars ON storage.objects FOR SELECT\n"
          "  USING (bucket_id = 'avatars' AND owner = (SELECT auth.uid()));",
      .category = "security"};

  void check(const Node& statement, Report& report) const {
    if (!is_policy(statement)) return;
    const Tree policy = report.tree(statement);
    if (!is_relation(policy["table"], "storage", "objects") || !policy.has("qual") ||
        !policy.truth("permissive"))
      return;
    const std::string_view command = policy.text("cmd_name");
    if (command != "select" && command != "all") return;
    const bool narrowed = policy["qual"].any([](const Tree& part) {
      return part.is("FuncCall") || part.is("SubLink") ||
             (part.is("ColumnRef") && part.column_name() != "bucket_id");
    });
    if (narrowed || (!is_for_role(policy, "anon") && !is_for_role(policy, "authenticated"))) return;
    report.add(statement, policy_text(policy) + " lets its roles list all files of the bucket")
        .hint("leave it away where the bucket is public, or ask for the owner as well");
  }
};

}  // namespace

RuleExtension bucket_listing() {
  return confiture::rule<BucketListing>();
}

}  // namespace plugins::supabase
