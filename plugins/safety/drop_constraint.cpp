// SPDX-License-Identifier: MIT
#include "plugins/safety/_constraints.hpp"

namespace plugins::safety {
namespace {

struct DropConstraint {
  static constexpr RuleRecord record{
      .id = "safety.drop_constraint",
      .summary = "No guarantee that programs rely on is dropped",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "From that moment on rows can come in that the constraint kept out, and it cannot be "
          "added again before they are mended; a UNIQUE constraint takes its index with it. Exempt "
          "are a table that the same file made, a constraint that the file puts another one in the "
          "place of, and CHECK (... IS NOT NULL) of a column that is NOT NULL. For primary keys "
          "see safety.drop_primary_key.",
      .bad = "ALTER TABLE invoice DROP CONSTRAINT invoice_total_check;",
      .good =
          "ALTER TABLE invoice\n  DROP CONSTRAINT invoice_total_check,\n  ADD CONSTRAINT "
          "invoice_total_check CHECK (total >= 0) NOT VALID;"};

  void check(const Node& file, Report& report) const {
    for (const Node& statement : file.statements())
      for (const Node& action : statement.subcommands()) {
        if (!drops_old_constraint(action) || drops_primary_key(action)) continue;
        if (is_replaced(file, action, report) || is_needless(action, report)) continue;
        const std::string_view kind = action.target().constraint_kind();
        const std::string what = kind == "foreign_key" ? "foreign key"
                                 : kind.empty()        ? "constraint"
                                                       : text(kind) + " constraint";
        report
            .add(action, what + " " + quoted(action.name()) + " of " +
                             text(action.qualified_name()) +
                             " is dropped, and what it kept out can come in")
            .hint("release programs that do without it first");
      }
  }

 private:
  // CHECK (a IS NOT NULL), and a is NOT NULL by itself: what SET NOT NULL needed to be quick.
  static bool is_needless(const Node& action, const Report& report) {
    const Node constraint = action.target();
    if (constraint.constraint_kind() != "check") return false;
    const Tree check = report.expression(constraint.expression_sql());
    if (!check.is("NullTest") || check.text("nulltesttype") != "IS_NOT_NULL") return false;
    const Node table = action.parent().result();
    for (const Node& column : table.columns())
      if (column.name() == check["arg"].column_name()) return !column.is_nullable();
    return is_made_not_null(action, check["arg"].column_name());
  }

  // By the file, of a table that no migration made.
  static bool is_made_not_null(const Node& dropping, std::string_view column) {
    for (const Node& statement : dropping.parent().parent().statements())
      for (const Node& action : statement.subcommands())
        if (action.subcommand() == "set_not_null" && action.name() == column &&
            action.qualified_name() == dropping.qualified_name())
          return true;
    return false;
  }
};

}  // namespace

RuleExtension drop_constraint() {
  return confiture::rule<DropConstraint>();
}

}  // namespace plugins::safety
