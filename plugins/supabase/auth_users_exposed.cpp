// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/supabase/_policies.hpp"

namespace plugins::supabase {
namespace {

struct AuthUsersExposed {
  std::vector<std::string> schemas{"public", "graphql_public"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("schemas", &AuthUsersExposed::schemas, "The schemas that the API serves"),
      field("exclude", &AuthUsersExposed::exclude, "Views left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "supabase.auth_users_exposed",
      .summary = "No view of an exposed schema shows auth.users",
      .severity = Severity::off,
      .risk = Risk::high,
      .kinds = {NodeKind::view},
      .why =
          "`auth.users` holds e-mail addresses, phone numbers and what was said at sign-in,\n"
          "of all users. A view in a schema that the API serves reads it with its owner's\n"
          "rights and shows it to whoever calls. Copy the few columns that are needed to a\n"
          "table of your own by a trigger. A view with `security_invoker`, through which the\n"
          "API's roles reach nothing of `auth`, is left alone. The rule is there where the\n"
          "project names its plugin: `plugins: [{ id: supabase }]`.",
      .bad = "CREATE VIEW member AS SELECT id, email FROM auth.users;",
      .good = "CREATE TABLE member (id uuid PRIMARY KEY REFERENCES auth.users, name text);",
      .category = "security"};

  void check(const Node& view, Report& report) const {
    if (view.is_security_invoker() || is_listed(view, exclude)) return;
    if (std::find(schemas.begin(), schemas.end(), view.schema_name()) == schemas.end()) return;
    if (!report.tree(view).any([](const Tree& part) { return is_relation(part, "auth", "users"); }))
      return;
    report
        .add(view,
             "view " + text(view.qualified_name()) + " shows auth.users to whoever calls the API")
        .hint("copy what is needed to a table with row security");
  }
};

}  // namespace

RuleExtension auth_users_exposed() {
  return confiture::rule<AuthUsersExposed>();
}

}  // namespace plugins::supabase
