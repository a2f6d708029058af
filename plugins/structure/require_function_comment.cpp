// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::structure {
namespace {

struct RequireFunctionComment {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &RequireFunctionComment::exclude,
                              "Functions left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "structure.require_function_comment",
      .summary = "Every function has a comment",
      .severity = Severity::off,
      .kinds = {NodeKind::function},
      .why =
          "Who calls a function sees its name and its parameters. What it promises, and what\n"
          "it changes, is in the comment or nowhere.",
      .bad =
          "CREATE FUNCTION vat(net numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT net "
          "* 0.2';",
      .good =
          "CREATE FUNCTION vat(net numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT net "
          "* 0.2';\n"
          "COMMENT ON FUNCTION vat(numeric) IS 'The tax on a net amount, not rounded';"};

  void check(const Node& function, Report& report) const {
    if (!function.comment().empty() || is_listed(function, exclude)) return;
    report
        .add(function, text(function.is_procedure() ? "procedure " : "function ") +
                           text(function.qualified_name()) + " has no comment")
        .hint("say what it promises: COMMENT ON");
  }
};

}  // namespace

RuleExtension require_function_comment() {
  return confiture::rule<RequireFunctionComment>();
}

}  // namespace plugins::structure
