// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct DefinerSearchPath {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(field(
      "exclude", &DefinerSearchPath::exclude, "Functions left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "security.definer_search_path",
      .summary = "A function that runs with its owner's rights has a search_path of its own",
      .severity = Severity::error,
      .risk = Risk::medium,
      .kinds = {NodeKind::function},
      .why =
          "A SECURITY DEFINER function looks names up by the search_path of whoever calls it.\n"
          "A caller who may make objects puts a table, a function or an operator of the same\n"
          "name in front, and the function uses it with its owner's rights. Give it `SET\n"
          "search_path` with the schemas that it needs, `pg_temp` last; one with `\"$user\"` in\n"
          "it is the caller's again.",
      .bad =
          "CREATE FUNCTION close_month() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE "
          "FROM draft';",
      .good =
          "CREATE FUNCTION close_month() RETURNS void LANGUAGE sql SECURITY DEFINER\n"
          "  SET search_path = public, pg_temp AS 'DELETE FROM draft';",
      .fix = Fix::unsafe};

  void check(const Node& function, Report& report) const {
    if (!function.is_security_definer() || has_fixed_search_path(function)) return;
    if (is_listed(function, exclude)) return;
    const std::string path = quoted(function.schema_name()) + ", pg_temp";
    Finding& finding = report.add(
        function,
        "function " + text(function.qualified_name()) +
            " runs with its owner's rights and looks names up by its caller's search_path");
    finding.hint("set the search_path of the function, pg_temp last")
        .suggestion("ALTER " + call_of(function) + " SET search_path = " + path + ";");
    if (function.setting("search_path")) return;
    const Tree options = report.tree(function)["options"];
    for (const Tree& option : options)
      if (option.text("defname") == "security" && option.offset() != 0)
        finding.fix(option.offset(), option.offset(), "SET search_path = " + path + " ");
  }
};

}  // namespace

RuleExtension definer_search_path() {
  return confiture::rule<DefinerSearchPath>();
}

}  // namespace plugins::security
