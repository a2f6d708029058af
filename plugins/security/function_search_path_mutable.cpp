// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct FunctionSearchPathMutable {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &FunctionSearchPathMutable::exclude,
                              "Functions left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "security.function_search_path_mutable",
      .summary = "Every function has a search_path of its own",
      .severity = Severity::off,
      .kinds = {NodeKind::function},
      .why =
          "A function without `SET search_path` does what its caller's search_path makes of\n"
          "its names: other results for another session, and a way in for whoever may make\n"
          "objects in a schema of that path. Functions with a SQL body (`BEGIN ATOMIC`,\n"
          "`RETURN`), whose names are looked up when they are made, functions in C and those\n"
          "of the rule security.definer_search_path are left alone.",
      .bad =
          "CREATE FUNCTION total(id bigint) RETURNS numeric LANGUAGE sql AS 'SELECT sum(price) "
          "FROM line';",
      .good =
          "CREATE FUNCTION total(id bigint) RETURNS numeric LANGUAGE sql SET search_path = public\n"
          "  AS 'SELECT sum(price) FROM line';"};

  void check(const Node& function, Report& report) const {
    if (function.is_security_definer() || has_fixed_search_path(function)) return;
    const std::string_view language = function.language();
    if (language == "c" || language == "internal" || is_listed(function, exclude)) return;
    if (report.tree(function).has("sql_body")) return;
    report
        .add(function, "function " + text(function.qualified_name()) +
                           " looks names up by its caller's search_path")
        .hint("set the search_path of the function")
        .suggestion("ALTER " + call_of(function) +
                    " SET search_path = " + quoted(function.schema_name()) + ", pg_temp;");
  }
};

}  // namespace

RuleExtension function_search_path_mutable() {
  return confiture::rule<FunctionSearchPathMutable>();
}

}  // namespace plugins::security
