// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct RlsInitplan {
  std::vector<std::string> functions{"current_setting", "auth.uid", "auth.jwt", "auth.role",
                                     "auth.email"};

  static constexpr auto params =
      confiture::params(field("functions", &RlsInitplan::functions,
                              "Functions whose result is the same for all rows of a query"));
  static constexpr RuleRecord record{
      .id = "performance.rls_initplan",
      .summary = "A policy asks for the session's user once and not for each row",
      .severity = Severity::warning,
      .risk = Risk::low,
      .kinds = {NodeKind::policy},
      .why =
          "`current_setting()` and functions such as `auth.uid()` in a policy are called\n"
          "again for each row that is looked at. In a scalar subquery, `(SELECT\n"
          "current_setting('app.tenant'))`, the same call runs once per query and its result\n"
          "can be searched for in an index. Calls whose arguments are columns are left alone.",
      .bad =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, tenant text);\n"
          "ALTER TABLE invoice ENABLE ROW LEVEL SECURITY;\n"
          "CREATE POLICY own ON invoice USING (tenant = current_setting('app.tenant'));",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, tenant text);\n"
          "ALTER TABLE invoice ENABLE ROW LEVEL SECURITY;\n"
          "CREATE POLICY own ON invoice USING (tenant = (SELECT current_setting('app.tenant')));",
      .fix = Fix::unsafe};

  void check(const Node& policy, Report& report) const {
    std::vector<std::string> called;
    for (const std::string_view sql : {policy.using_sql(), policy.check_sql()})
      report.expression(sql).walk([&](const Tree& part) {
        if (part.is("SubLink") && part["subselect"]["fromClause"].empty()) return false;
        const std::string name = part.is("FuncCall") ? full_name(part) : "";
        if (std::find(functions.begin(), functions.end(), name) == functions.end()) return true;
        const bool same = !part["args"].any([](const Tree& one) { return one.is("ColumnRef"); });
        if (same && std::find(called.begin(), called.end(), name) == called.end())
          called.push_back(name);
        return true;
      });
    for (const std::string& name : called) {
      Finding& finding =
          report
              .add(policy, "policy " + quoted(policy.name()) + " of table " +
                               text(policy.parent().qualified_name()) + " calls " + name +
                               "() again for each row")
              .hint("write it as a subquery, which runs once: (SELECT " + name + "(...))");
      mend(finding, policy, name, report);
    }
  }

 private:
  static void mend(Finding& finding, const Node& policy, const std::string& name,
                   const Report& report) {
    const Written made(policy);
    report.tree(policy).walk([&](const Tree& part) {
      if (part.is("SubLink") && part["subselect"]["fromClause"].empty()) return false;
      if (!part.is("FuncCall") || full_name(part) != name ||
          part["args"].any([](const Tree& one) { return one.is("ColumnRef"); }))
        return true;
      const auto called = made.name(part.offset());
      const auto arguments = called ? made.parentheses(called->end_offset) : std::nullopt;
      if (!arguments) return true;
      finding.fix(called->offset, called->offset, "(SELECT ");
      finding.fix(arguments->end_offset, arguments->end_offset, ")");
      return false;
    });
  }
  static std::string full_name(const Tree& call) {
    const Tree parts = call["funcname"];
    std::string name;
    for (const Tree& part : parts)
      if (part.string() != "pg_catalog") name += (name.empty() ? "" : ".") + text(part.string());
    return name;
  }
};

}  // namespace

RuleExtension rls_initplan() {
  return confiture::rule<RlsInitplan>();
}

}  // namespace plugins::performance
