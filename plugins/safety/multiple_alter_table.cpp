// SPDX-License-Identifier: MIT
#include <utility>

#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct MultipleAlterTable {
  static constexpr RuleRecord record{
      .id = "safety.multiple_alter_table",
      .summary = "What is changed of a table is changed by one ALTER TABLE",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "Each ALTER TABLE that rewrites or reads the table does so again; one statement with "
          "several actions does it once, and queues for its lock once. Only statements that follow "
          "each other are looked at, and only actions that can stand in one statement: no RENAME, "
          "SET SCHEMA, ATTACH or DETACH PARTITION, nothing that takes back or builds on what the "
          "first one does. A table that the same file made is exempt.",
      .bad =
          "ALTER TABLE invoice ADD COLUMN note text;\nALTER TABLE invoice ADD COLUMN paid_at "
          "timestamptz;",
      .good = "ALTER TABLE invoice\n  ADD COLUMN note text,\n  ADD COLUMN paid_at timestamptz;",
      .fix = Fix::unsafe};

  void check(const Node& file, Report& report) const {
    const std::string_view sql = file.sql();
    Node previous;
    for (const Node& statement : file.statements()) {
      const Node before = std::exchange(previous, statement);
      if (!before || !is_combinable(before) || !is_combinable(statement)) continue;
      if (before.qualified_name() != statement.qualified_name() ||
          before.is_only() != statement.is_only() ||
          before.in_transaction() != statement.in_transaction() || builds_on(statement, before))
        continue;
      Finding& finding = report.add(
          statement, "table " + text(statement.qualified_name()) +
                         " is altered by a second statement that could be part of the first");
      finding.hint("write one ALTER TABLE with the actions of both");
      const std::uint64_t end = before.location().end_offset,
                          next = statement.subcommands()[0].location().offset;
      const std::string_view between = sql.substr(end, next - end);
      if (between.find("--") == between.npos && between.find("/*") == between.npos)
        finding.fix(end, next, ",\n  ");
    }
  }

 private:
  static bool is_combinable(const Node& statement) {
    if (statement.statement_tag() != "ALTER TABLE" || statement.object_type() != "table" ||
        statement.in_body())
      return false;
    for (const Node& action : statement.subcommands()) {
      const std::string_view what = action.subcommand();
      if (!is_on_old_table(action) || what == "attach_partition" || what == "detach_partition" ||
          what == "validate_constraint" || what == "set_schema" || what.starts_with("rename_"))
        return false;
    }
    return !statement.subcommands().empty();
  }

  // Whether the second needs the first to be done: of the actions of one statement those that drop
  // and those that change types come first.
  static bool builds_on(const Node& second, const Node& first) {
    for (const Node& action : second.subcommands()) {
      const std::string_view what = action.subcommand();
      if (!what.starts_with("drop_") && what != "alter_column_type" && what != "set_not_null")
        continue;
      for (const Node& earlier : first.subcommands())
        if (what == "set_not_null" ? earlier.subcommand() == "add_constraint"
                                   : earlier.name() == action.name())
          return true;
    }
    return false;
  }
};

}  // namespace

RuleExtension multiple_alter_table() {
  return confiture::rule<MultipleAlterTable>();
}

}  // namespace plugins::safety
