// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct FunctionDropLosesGrants {
  static constexpr RuleRecord record{
      .id = "safety.function_drop_loses_grants",
      .summary = "A function or view that is made again has its grants again",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "DROP takes all grants of a function or view with it, and with CASCADE what depends on "
          "it; CREATE makes it with the default ones: roles that could use it cannot, and a "
          "function that only some could execute, everybody can. CREATE OR REPLACE keeps them; "
          "where it cannot, write the grants after CREATE. One that has no grants by any migration "
          "is exempt, and so is what the same file made.",
      .bad =
          "DROP VIEW open_invoices;\nCREATE VIEW open_invoices AS SELECT id FROM invoice WHERE "
          "paid_at IS NULL;",
      .good =
          "DROP VIEW open_invoices;\nCREATE VIEW open_invoices AS SELECT id FROM invoice WHERE "
          "paid_at IS NULL;\nGRANT SELECT ON open_invoices TO reporting;"};

  void check(const Node& file, Report& report) const {
    std::vector<Node> dropped;
    for (const Node& statement : file.statements()) {
      for (const Node& action : statement.subcommands())
        if (is_of_use(action)) dropped.push_back(action);
      const Node made = statement.result();
      if (!statement.statement_tag().starts_with("CREATE ")) continue;
      if (made.kind() != NodeKind::view && made.kind() != NodeKind::function) continue;
      if (!made.grants().empty() ||
          (made.kind() == NodeKind::function && !made.is_public_execute()))
        continue;
      for (const Node& drop : dropped) {
        const bool view = drop.subcommand().ends_with("view");
        if (drop.name() != made.name() || view != (made.kind() == NodeKind::view)) continue;
        if (!drop.schema_name().empty() && drop.schema_name() != made.schema_name()) continue;
        report
            .add(statement, std::string(view ? "view " : "function ") +
                                text(statement.qualified_name()) +
                                " is made again without the grants that it had")
            .hint("use CREATE OR REPLACE, or write the grants after it");
        break;
      }
    }
  }

 private:
  // It takes something away that CREATE does not bring back.
  static bool is_of_use(const Node& action) {
    const std::string_view what = action.subcommand();
    if (what != "drop_view" && what != "drop_materialized_view" && what != "drop_function" &&
        what != "drop_procedure" && what != "drop_routine")
      return false;
    const Node old = action.target();
    if (action.created_here()) return false;
    if (!old) return !action.if_exists();
    const bool guarded = old.kind() == NodeKind::function && !old.is_public_execute();
    return !old.grants().empty() || guarded ||
           (action.behavior() == "cascade" && !old.read_by().empty());
  }
};

}  // namespace

RuleExtension function_drop_loses_grants() {
  return confiture::rule<FunctionDropLosesGrants>();
}

}  // namespace plugins::safety
