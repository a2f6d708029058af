// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct RlsEnabledNoPolicy {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(field(
      "exclude", &RlsEnabledNoPolicy::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "security.rls_enabled_no_policy",
      .summary = "A table with row security has a policy",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::table},
      .why =
          "Row security without a policy shows no row to anybody but the owner and roles with\n"
          "BYPASSRLS, and lets nobody write one: queries do not fail, they find nothing.\n"
          "Where that is meant, list the table under `exclude`, or take the privileges away\n"
          "instead.",
      .bad =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, tenant name);\n"
          "ALTER TABLE invoice ENABLE ROW LEVEL SECURITY;",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, tenant name);\n"
          "ALTER TABLE invoice ENABLE ROW LEVEL SECURITY;\n"
          "CREATE POLICY own ON invoice USING (tenant = current_user);"};

  void check(const Node& table, Report& report) const {
    if (!is_lasting_table(table) || !table.has_row_security()) return;
    bool permits = false;
    for (const Node& policy : table.policies()) permits = permits || policy.is_permissive();
    if (permits || is_listed(table, exclude)) return;
    report
        .add(table, "table " + text(table.qualified_name()) +
                        " has row security and no policy that permits anything: nobody but its "
                        "owner sees a row")
        .hint("add a policy for the roles that use the table");
  }
};

}  // namespace

RuleExtension rls_enabled_no_policy() {
  return confiture::rule<RlsEnabledNoPolicy>();
}

}  // namespace plugins::security
