// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct RowSecurityChange {
  static constexpr RuleRecord record{
      .id = "safety.row_security_change",
      .summary = "Who sees which rows of a table in use does not change unnoticed",
      .severity = Severity::info,
      .risk = Risk::medium,
      .kinds = {NodeKind::statement, NodeKind::subcommand},
      .why =
          "Row security decides which rows a role sees and writes: switched on without a policy, "
          "everybody but the owner sees none; switched off, everybody sees all. Each of these "
          "statements also takes an ACCESS EXCLUSIVE lock on the table: it waits for every query "
          "that runs, and all that come later wait behind it. A table that the same file made is "
          "exempt.",
      .bad = "ALTER TABLE invoice ENABLE ROW LEVEL SECURITY;",
      .good =
          "CREATE TABLE invoice (owner name);\nALTER TABLE invoice ENABLE ROW LEVEL "
          "SECURITY;\nCREATE POLICY own_invoices ON invoice USING (owner = current_user);"};

  void check(const Node& node, Report& report) const {
    if (node.kind() == NodeKind::statement)
      policy(node, report);
    else if (node.subcommand() == "drop_policy")
      dropped_policy(node, report);
    else if (is_on_old_table(node))
      row_security(node, report);
  }

 private:
  static constexpr const char* advice =
      "set a lock_timeout, and try it as each role that uses the table";

  static void policy(const Node& statement, Report& report) {
    const bool creates = statement.statement_tag() == "CREATE POLICY";
    if ((!creates && statement.statement_tag() != "ALTER POLICY") || statement.created_here())
      return;
    const std::string name = quoted(report.tree(statement).text("policy_name"));
    report
        .add(statement, "policy " + name + (creates ? " changes" : " now changes otherwise") +
                            " which rows of table " + text(statement.qualified_name()) +
                            " its roles see")
        .hint(advice);
  }

  static void dropped_policy(const Node& action, Report& report) {
    if (is_part_of_new_table(action)) return;
    report
        .add(action, "policy " + text(action.qualified_name()) +
                         " is dropped, and its roles see other rows")
        .hint(advice);
  }

  static void row_security(const Node& action, Report& report) {
    const std::string_view subcommand = action.subcommand();
    const std::string of = " of table " + text(action.qualified_name());
    if (subcommand == "enable_row_security")
      report.add(action, "roles see only those rows" + of + " that a policy shows them")
          .hint(advice);
    if (subcommand == "disable_row_security")
      report.add(action, "every role that may read it sees all rows" + of)
          .risk(Risk::critical)
          .hint(advice);
    if (subcommand == "force_row_security")
      report.add(action, "the owner, too, sees only those rows" + of + " that a policy shows")
          .hint(advice);
    if (subcommand == "no_force_row_security")
      report.add(action, "the owner sees all rows" + of).hint(advice);
  }
};

}  // namespace

RuleExtension row_security_change() {
  return confiture::rule<RowSecurityChange>();
}

}  // namespace plugins::safety
