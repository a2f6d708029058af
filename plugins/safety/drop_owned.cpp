// SPDX-License-Identifier: MIT
#include <set>

#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct DropOwned {
  static constexpr RuleRecord record{
      .id = "safety.drop_owned",
      .summary = "No migration drops all that a role owns",
      .severity = Severity::error,
      .risk = Risk::critical,
      .kinds = {NodeKind::statement},
      .why =
          "DROP OWNED BY drops every table, view and function in the database that belongs to the "
          "role, with all rows, and takes its privileges on all others: which ones is not written "
          "anywhere. REASSIGN OWNED first gives them to another role; DROP OWNED after it in the "
          "same file takes only privileges, and is exempt.",
      .bad = "DROP OWNED BY reporting;",
      .good = "REASSIGN OWNED BY reporting TO admin;\nDROP OWNED BY reporting;"};

  void check(const Node& statement, Report& report) const {
    if (statement.statement_tag() != "DROP OWNED") return;
    std::set<std::string> reassigned;
    for (const Node& other : statement.parent().statements())
      if (other.statement_tag() == "REASSIGN OWNED") roles(report.tree(other), reassigned);
    std::set<std::string> owners;
    roles(report.tree(statement), owners);
    std::string names;
    for (const std::string& one : owners)
      if (reassigned.count(one) == 0) names += (names.empty() ? "" : ", ") + one;
    if (names.empty()) return;
    report.add(statement, "everything here that belongs to " + names + " is dropped")
        .hint("REASSIGN OWNED BY it first, or drop by name what has to go");
  }

 private:
  static void roles(const Tree& statement, std::set<std::string>& names) {
    const Tree list = statement["roles"];
    for (const Tree& role : list)
      names.insert(role.text("rolename").empty() ? "current_user" : quoted(role.text("rolename")));
  }
};

}  // namespace

RuleExtension drop_owned() {
  return confiture::rule<DropOwned>();
}

}  // namespace plugins::safety
