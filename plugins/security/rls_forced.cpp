// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct RlsForced {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &RlsForced::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "security.rls_forced",
      .summary = "Row security holds for the owner of the table, too",
      .severity = Severity::off,
      .kinds = {NodeKind::table},
      .why =
          "The owner of a table is above its policies. Where the application connects as the\n"
          "owner of its tables, which is common, row security does nothing at all until it is\n"
          "FORCEd.",
      .bad =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, tenant name);\n"
          "ALTER TABLE invoice ENABLE ROW LEVEL SECURITY;\n"
          "CREATE POLICY own ON invoice USING (tenant = current_user);",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, tenant name);\n"
          "ALTER TABLE invoice ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;\n"
          "CREATE POLICY own ON invoice USING (tenant = current_user);"};

  void check(const Node& table, Report& report) const {
    if (!is_lasting_table(table) || !table.has_row_security() || table.forces_row_security() ||
        is_listed(table, exclude))
      return;
    report
        .add(table, "the row security of table " + text(table.qualified_name()) +
                        " does not hold for its owner")
        .hint("force it, or let the application connect as another role")
        .suggestion("ALTER TABLE " + text(table.qualified_name()) + " FORCE ROW LEVEL SECURITY;");
  }
};

}  // namespace

RuleExtension rls_forced() {
  return confiture::rule<RlsForced>();
}

}  // namespace plugins::security
