// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>

#include "plugins/safety/_names.hpp"

namespace plugins::safety {
namespace {

struct RenameObject {
  static constexpr RuleRecord record{
      .id = "safety.rename_object",
      .summary =
          "No view, function, type or sequence gets a name that running programs do not know",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::subcommand},
      .why =
          "From that moment on every program that uses the old name fails, and every function that "
          "has it in its body; views follow by themselves. Make a second one of the new name, and "
          "drop the old one when nothing uses it. What the same file made is exempt; renamed "
          "indexes, constraints, triggers and policies break no program.",
      .bad = "ALTER FUNCTION total(bigint) RENAME TO invoice_total;",
      .good =
          "CREATE FUNCTION invoice_total(bigint) RETURNS numeric LANGUAGE sql\n  AS 'SELECT "
          "total($1)';"};

  void check(const Node& action, Report& report) const {
    std::string kind = renamed_kind(action);
    std::replace(kind.begin(), kind.end(), '_', ' ');
    const bool column = kind == "column" && is_of_view(action.parent());
    static constexpr std::string_view kinds[] = {
        "view",    "materialized view", "foreign table", "sequence", "function", "procedure",
        "routine", "aggregate",         "type",          "domain",   "attribute"};
    if (!column && std::find(std::begin(kinds), std::end(kinds), kind) == std::end(kinds)) return;
    const bool part = column || kind == "attribute";
    report
        .add(action, "programs that use " + kind + " " + text(action.qualified_name()) +
                         (part ? "." + quoted(action.name()) : "") + " fail once it is named " +
                         quoted(action.new_name()))
        .hint("make one of the new name beside it, and drop the old one when nothing uses it");
  }

 private:
  static bool is_of_view(const Node& statement) {
    const Node holder = statement.target();
    if (statement.created_here()) return false;
    return holder ? holder.kind() == NodeKind::view : statement.statement_tag() != "ALTER TABLE";
  }
};

}  // namespace

RuleExtension rename_object() {
  return confiture::rule<RenameObject>();
}

}  // namespace plugins::safety
