// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct ForeignTableExposed {
  std::vector<std::string> roles = api_roles();
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("roles", &ForeignTableExposed::roles, "Roles that anybody may have"),
                        field("exclude", &ForeignTableExposed::exclude,
                              "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "security.foreign_table_exposed",
      .summary = "Roles that anybody may have read no foreign table",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::foreign_table},
      .why =
          "A foreign table has no row security: whoever may read it reads all that the other\n"
          "server shows to the user of the mapping. Give API roles a view over it that says\n"
          "which rows are theirs.",
      .bad =
          "CREATE FOREIGN TABLE partner_order (id bigint, total numeric(12,2)) SERVER partner;\n"
          "GRANT SELECT ON partner_order TO authenticated;",
      .good =
          "CREATE FOREIGN TABLE partner_order (id bigint, total numeric(12,2)) SERVER partner;\n"
          "GRANT SELECT ON partner_order TO importer;"};

  void check(const Node& table, Report& report) const {
    if (is_listed(table, exclude)) return;
    const std::string who = reached_by(table, roles, "select");
    if (who.empty()) return;
    report
        .add(table, who + " may read all of foreign table " + text(table.qualified_name()) +
                        ", which cannot have row security")
        .hint("grant it to a role of the application, and show it through a view");
  }
};

}  // namespace

RuleExtension foreign_table_exposed() {
  return confiture::rule<ForeignTableExposed>();
}

}  // namespace plugins::security
