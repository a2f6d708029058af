// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct PolicyWithoutRls {
  static constexpr RuleRecord record{
      .id = "security.policy_without_rls",
      .summary = "A table with policies has row security",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::table},
      .why =
          "A policy does nothing until the table has ENABLE ROW LEVEL SECURITY: everybody who\n"
          "may read the table reads all rows, while the schema looks as if they could not.",
      .bad =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, tenant name);\n"
          "CREATE POLICY own ON invoice USING (tenant = current_user);",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, tenant name);\n"
          "ALTER TABLE invoice ENABLE ROW LEVEL SECURITY;\n"
          "CREATE POLICY own ON invoice USING (tenant = current_user);",
      .fix = Fix::safe};

  void check(const Node& table, Report& report) const {
    const NodeList policies = table.policies();
    if (policies.empty() || table.has_row_security() || table.is_assumed()) return;
    std::string names;
    for (const Node& policy : policies)
      names += (names.empty() ? "" : ", ") + quoted(policy.name());
    const std::string enable =
        "ALTER TABLE " + text(table.qualified_name()) + " ENABLE ROW LEVEL SECURITY";
    const std::uint64_t end = Written(policies[0]).end();
    report
        .add(policies[0], (policies.size() == 1 ? "policy " : "policies ") + names + " of table " +
                              text(table.qualified_name()) +
                              (policies.size() == 1 ? " has" : " have") +
                              " no effect: its row security is off")
        .hint("enable row security on the table")
        .suggestion(enable + ";")
        .fix(end, end, ";\n" + enable);
  }
};

}  // namespace

RuleExtension policy_without_rls() {
  return confiture::rule<PolicyWithoutRls>();
}

}  // namespace plugins::security
