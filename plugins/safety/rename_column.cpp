// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct RenameColumn {
  static constexpr RuleRecord record{
      .id = "safety.rename_column",
      .summary = "No column gets a name that running programs do not know",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "From that moment on every program that still uses the old name fails. Add a column of "
          "the new name, write both, fill the new one in batches, and drop the old one when no "
          "program uses it. Or leave the column, and give programs a view with the new name. A "
          "column that the same file made is exempt.",
      .bad = "ALTER TABLE customer RENAME COLUMN mail TO email;",
      .good = "ALTER TABLE customer ADD COLUMN email text;"};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "rename_column" || action.created_here()) return;
    const Node statement = action.parent(), table = statement.target();
    if (statement.created_here() || table.is_temporary()) return;
    if (table ? table.kind() != NodeKind::table : statement.statement_tag() != "ALTER TABLE")
      return;
    report
        .add(action, "programs that use column " + text(action.qualified_name()) + "." +
                         quoted(action.name()) + " fail once it is named " +
                         quoted(action.new_name()))
        .hint("add a column of the new name, let programs write both, and drop the old one later");
  }
};

}  // namespace

RuleExtension rename_column() {
  return confiture::rule<RenameColumn>();
}

}  // namespace plugins::safety
