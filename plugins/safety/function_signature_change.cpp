// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct FunctionSignatureChange {
  static constexpr RuleRecord record{
      .id = "safety.function_signature_change",
      .summary = "CREATE OR REPLACE FUNCTION replaces the function that is there",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "With other types of arguments CREATE OR REPLACE makes a second function beside the "
          "first: calls take one or the other, or fail because both fit. With another result, or "
          "other names of arguments, PostgreSQL refuses it. Drop the old function in the same "
          "migration, and grant again what it had. A function that the same file made or drops is "
          "exempt; CREATE FUNCTION without OR REPLACE means a second one.",
      .bad =
          "-- file: 1_make.up.sql\nCREATE FUNCTION total(invoice integer) RETURNS numeric LANGUAGE "
          "sql AS 'SELECT 1.0';\n-- file: 2_change.up.sql\nCREATE OR REPLACE FUNCTION "
          "total(invoice bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';",
      .good =
          "-- file: 1_make.up.sql\nCREATE FUNCTION total(invoice integer) RETURNS numeric LANGUAGE "
          "sql AS 'SELECT 1.0';\n-- file: 2_change.up.sql\nDROP FUNCTION total(integer);\nCREATE "
          "FUNCTION total(invoice bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';"};

  void check(const Node& file, Report& report) const {
    for (const Node& statement : file.statements()) {
      const Node made = statement.result();
      if (made.kind() != NodeKind::function || !statement.is_replace() ||
          !statement.statement_tag().starts_with("CREATE "))
        continue;
      const std::string of = made.is_procedure() ? "procedure " : "function ";
      const NodeList earlier = made.redefinitions();
      if (!earlier.empty()) {
        const std::string change = refused_change(earlier[earlier.size() - 1], made);
        if (!change.empty())
          report
              .add(statement, of + text(statement.qualified_name()) + " has " + change +
                                  " now: PostgreSQL does not replace it by that")
              .hint("drop it before, and grant again what it had");
        continue;
      }
      const Node old = statement.target();
      if (!old || statement.created_here() || is_dropped(file, old)) continue;
      report
          .add(statement, of + text(statement.qualified_name()) + "(" + text(made.signature()) +
                              ") is made beside " + text(old.name()) + "(" + text(old.signature()) +
                              "), which stays")
          .hint("drop the old one in the same migration, unless both are meant");
    }
  }

 private:
  // What CREATE OR REPLACE cannot change, or nothing.
  static std::string refused_change(const Node& old, const Node& made) {
    if (old.is_procedure() != made.is_procedure())
      return made.is_procedure() ? "no result" : "a result";
    if (old.return_type() != made.return_type()) return "another result";
    const NodeList before = old.arguments(), after = made.arguments();
    for (std::size_t i = 0; i < before.size(); ++i) {
      const std::string_view mode = before[i].argument_mode();
      const bool output = mode == "out" || mode == "table";
      if (before.size() != after.size() || mode != after[i].argument_mode() ||
          (output && before[i].type_name() != after[i].type_name()))
        return "another result";
      if (!before[i].name().empty() && before[i].name() != after[i].name())
        return output ? "another result" : "another name of an argument";
    }
    return before.size() == after.size() ? "" : "another result";
  }

  static bool is_dropped(const Node& file, const Node& function) {
    for (const Node& statement : file.statements())
      for (const Node& action : statement.subcommands())
        if (action.subcommand().starts_with("drop_") && action.target() == function) return true;
    return false;
  }
};

}  // namespace

RuleExtension function_signature_change() {
  return confiture::rule<FunctionSignatureChange>();
}

}  // namespace plugins::safety
