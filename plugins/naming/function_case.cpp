// SPDX-License-Identifier: MIT
#include "plugins/common/name_style.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::naming {
namespace {

struct FunctionCase {
  NameStyle style = NameStyle::snake_case;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("style", &FunctionCase::style, "The style of function and parameter names",
            name_styles),
      field("exclude", &FunctionCase::exclude, "Functions left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "naming.function_case",
      .summary = "Function, procedure and parameter names follow the configured case",
      .severity = Severity::off,
      .kinds = {NodeKind::function},
      .why =
          "A function is called from application code, where a name that needs quotes is\n"
          "easily missed. Named parameters are part of what callers write (`f(customer_id =>\n"
          "1)`), so they follow the same style.",
      .bad = "CREATE FUNCTION \"addOne\"(x int) RETURNS int LANGUAGE sql AS 'SELECT x + 1';",
      .good = "CREATE FUNCTION add_one(x int) RETURNS int LANGUAGE sql AS 'SELECT x + 1';"};

  void check(const Node& function, Report& report) const {
    if (is_listed(function, exclude)) return;
    const std::string word = function.is_procedure() ? "procedure " : "function ";
    if (!follows(function.name(), style))
      report
          .add(function,
               word + text(function.qualified_name()) + " is not named in " + name_of(style))
          .hint("name it " + quoted(rewritten(function.name(), style)));
    for (const Node& argument : function.arguments()) {
      if (follows(argument.name(), style)) continue;
      report
          .add(function, "parameter " + quoted(argument.name()) + " of " + word +
                             text(function.qualified_name()) + " is not named in " + name_of(style))
          .hint("name it " + quoted(rewritten(argument.name(), style)));
    }
  }
};

}  // namespace

RuleExtension function_case() {
  return confiture::rule<FunctionCase>();
}

}  // namespace plugins::naming
