// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/supabase/_policies.hpp"

namespace plugins::supabase {
namespace {

struct GraphqlExposed {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &GraphqlExposed::exclude,
            "Tables and views that are meant to be seen, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "supabase.graphql_exposed",
      .summary = "The GraphQL schema shows callers what is meant for them",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::database},
      .why =
          "With pg_graphql, tables and views that `anon` or `authenticated` may SELECT are in\n"
          "the schema that every caller can ask for, with their columns and comments: what\n"
          "the application is made of can be read, even where row security hides the rows.\n"
          "Take the privilege away from what the API does not need; list what it does under\n"
          "`exclude`. The rule is there where the project names its plugin: `plugins: [{ id:\n"
          "supabase }]`.",
      .bad =
          "CREATE EXTENSION pg_graphql;\n"
          "CREATE TABLE invoice (id bigint PRIMARY KEY);\n"
          "GRANT SELECT ON invoice TO anon;",
      .good =
          "CREATE EXTENSION pg_graphql;\n"
          "CREATE TABLE invoice (id bigint PRIMARY KEY);\n"
          "GRANT SELECT ON invoice TO service_role;",
      .category = "security"};

  void check(const Node& database, Report& report) const {
    bool served = false;
    for (const Node& extension : database.extensions())
      served = served || extension.name() == "pg_graphql";
    if (!served) return;
    for (const NodeList& objects : {database.tables(), database.views()})
      for (const Node& object : objects) {
        const std::string who = is_listed(object, exclude) ? "" : readers(object);
        if (who.empty()) continue;
        report
            .add(object, text(object.qualified_name()) + " is in the GraphQL schema that " + who +
                             " can ask for")
            .hint("take SELECT away, or list it under `exclude`");
      }
  }
};

}  // namespace

RuleExtension graphql_exposed() {
  return confiture::rule<GraphqlExposed>();
}

}  // namespace plugins::supabase
