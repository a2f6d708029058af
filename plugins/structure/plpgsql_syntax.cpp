// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::structure {
namespace {

struct PlpgsqlSyntax {
  static constexpr RuleRecord record{
      .id = "structure.plpgsql_syntax",
      .summary = "The bodies of functions and DO blocks are PL/pgSQL",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::statement},
      .scope = Scope::both,
      .why =
          "CREATE FUNCTION checks little of a body: a missing semicolon or END IF shows only\n"
          "when the server compiles it, a misspelt statement only when somebody calls the\n"
          "function. A DO block fails in the middle of the migration. What `body` cannot be\n"
          "read as PL/pgSQL is reported with the parser's own words.",
      .bad =
          "CREATE FUNCTION stop() RETURNS void LANGUAGE plpgsql AS $$\n"
          "BEGIN\n"
          "  IF now() > '2030-01-01' THEN\n"
          "    RAISE EXCEPTION 'too late';\n"
          "END;\n"
          "$$;",
      .good =
          "CREATE FUNCTION stop() RETURNS void LANGUAGE plpgsql AS $$\n"
          "BEGIN\n"
          "  IF now() > '2030-01-01' THEN\n"
          "    RAISE EXCEPTION 'too late';\n"
          "  END IF;\n"
          "END;\n"
          "$$;"};

  void check(const Node& statement, Report& report) const {
    const Node made = statement.result();
    const bool function = made.kind() == NodeKind::function;
    const std::string_view error = function ? made.body_error() : statement.body_error();
    if (error.empty()) return;
    report
        .add(function ? made : statement, (function ? "the body of " + text(made.qualified_name())
                                                    : std::string("the DO block")) +
                                              " is no PL/pgSQL: " + text(error))
        .hint("mend the body");
  }
};

}  // namespace

RuleExtension plpgsql_syntax() {
  return confiture::rule<PlpgsqlSyntax>();
}

}  // namespace plugins::structure
