// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct MaterializedViewExposed {
  std::vector<std::string> roles = api_roles();
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("roles", &MaterializedViewExposed::roles, "Roles that anybody may have"),
      field("exclude", &MaterializedViewExposed::exclude,
            "Views left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "security.materialized_view_exposed",
      .summary = "Roles that anybody may have read no materialized view",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::view},
      .why =
          "A materialized view has no row security: it holds the rows as its owner saw them,\n"
          "and whoever may read it sees all. Give API roles a view over it that says which\n"
          "rows are theirs.",
      .bad =
          "CREATE TABLE sale (shop bigint, total numeric(12,2));\n"
          "CREATE MATERIALIZED VIEW sales AS SELECT shop, sum(total) AS total FROM sale GROUP BY "
          "shop;\n"
          "GRANT SELECT ON sales TO anon;",
      .good =
          "CREATE TABLE sale (shop bigint, total numeric(12,2));\n"
          "CREATE MATERIALIZED VIEW sales AS SELECT shop, sum(total) AS total FROM sale GROUP BY "
          "shop;\n"
          "GRANT SELECT ON sales TO reporting;"};

  void check(const Node& view, Report& report) const {
    if (!view.is_materialized() || is_listed(view, exclude)) return;
    const std::string who = reached_by(view, roles, "select");
    if (who.empty()) return;
    report
        .add(view, who + " may read all of materialized view " + text(view.qualified_name()) +
                       ", which cannot have row security")
        .hint("grant it to a role of the application, and show it through a view");
  }
};

}  // namespace

RuleExtension materialized_view_exposed() {
  return confiture::rule<MaterializedViewExposed>();
}

}  // namespace plugins::security
