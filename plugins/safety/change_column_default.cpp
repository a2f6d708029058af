// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct ChangeColumnDefault {
  static constexpr RuleRecord record{
      .id = "safety.change_column_default",
      .summary = "No default changes while programs rely on the old one",
      .severity = Severity::off,
      .risk = Risk::low,
      .kinds = {NodeKind::subcommand},
      .why =
          "Programs that still run the old version insert rows without the column, and get the new "
          "default for it. Where old and new versions run side by side, let programs write the "
          "value themselves first, and change the default then. A table or column that the same "
          "file made is exempt.",
      .bad = "ALTER TABLE invoice ALTER COLUMN state SET DEFAULT 'draft';",
      .good =
          "ALTER TABLE invoice ADD COLUMN state text;\nALTER TABLE invoice ALTER COLUMN state SET "
          "DEFAULT 'draft';"};

  void check(const Node& action, Report& report) const {
    const bool drops = action.subcommand() == "drop_default";
    if (!drops && action.subcommand() != "set_default") return;
    if (!is_on_old_table(action) || is_new_column(action)) return;
    report
        .add(action, column_of(action) + (drops ? " loses its default" : " gets another default") +
                         " while programs of the old version insert rows")
        .hint("release programs that write the value themselves first");
  }

 private:
  static bool is_new_column(const Node& action) {
    if (action.created_here()) return true;
    for (const Node& statement : action.parent().parent().statements())
      for (const Node& other : statement.subcommands())
        if (other.subcommand() == "add_column" && other.name() == action.name() &&
            other.qualified_name() == action.qualified_name())
          return true;
    return false;
  }
};

}  // namespace

RuleExtension change_column_default() {
  return confiture::rule<ChangeColumnDefault>();
}

}  // namespace plugins::safety
