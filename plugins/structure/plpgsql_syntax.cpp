// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>

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
          "A DO block that does not parse fails in the middle of the migration, and a\n"
          "function that was restored with check_function_bodies off, as pg_dump writes it,\n"
          "only when somebody calls it. What cannot be read as PL/pgSQL, such as a missing\n"
          "END IF, is reported with the parser's own words. What hangs on types is left to\n"
          "the server, and so is the syntax of a body with cursors.",
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
    const Node& block = function ? made : statement;
    const std::string_view error = block.body_error();
    if (error.empty() || !is_certain(error, block)) return;
    report
        .add(block, (function ? "the body of " + text(made.qualified_name())
                              : std::string("the DO block")) +
                        " is no PL/pgSQL: " + text(error))
        .hint("mend the body");
  }

 private:
  // The parser has no catalog: to it `r customer` has no fields and a refcursor is no cursor.
  // Errors of the grammar hold without one, but for two: the columns of RETURNS TABLE, which RETURN
  // NEXT needs no expression for, and the arguments of a cursor, which it takes for a query.
  static bool is_certain(std::string_view error, const Node& block) {
    static constexpr std::string_view certain[] = {"syntax error at",    "missing ",
                                                   "unterminated ",      "end label ",
                                                   "there is no label",  "duplicate declaration",
                                                   "too few parameters", "too many parameters"};
    const bool listed =
        std::any_of(std::begin(certain), std::end(certain),
                    [&](std::string_view beginning) { return error.starts_with(beginning); });
    if (!listed || mentions_cursor(block.body())) return false;
    return !error.starts_with("missing expression") || block.arguments().empty();
  }

  static bool mentions_cursor(std::string_view body) {
    static constexpr std::string_view word = "cursor";
    return std::search(body.begin(), body.end(), word.begin(), word.end(), [](char a, char b) {
             return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
           }) != body.end();
  }
};

}  // namespace

RuleExtension plpgsql_syntax() {
  return confiture::rule<PlpgsqlSyntax>();
}

}  // namespace plugins::structure
