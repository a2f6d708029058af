// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct ForceRecreateTable {
  static constexpr RuleRecord record{
      .id = "safety.force_recreate_table",
      .summary = "No table is dropped and made again",
      .severity = Severity::error,
      .risk = Risk::critical,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "DROP TABLE IF EXISTS before CREATE TABLE empties the table wherever it was there "
          "already: the file runs everywhere without an error, and all rows are gone. Change the "
          "table with ALTER TABLE. A table that the same file made before is exempt.",
      .bad =
          "DROP TABLE IF EXISTS customer;\nCREATE TABLE customer (id bigint PRIMARY KEY, name "
          "text);",
      .good = "ALTER TABLE customer ADD COLUMN name text;"};

  void check(const Node& file, Report& report) const {
    std::vector<Node> dropped;
    for (const Node& statement : file.statements()) {
      for (const Node& action : statement.subcommands())
        if (action.subcommand() == "drop_table" && !action.created_here() &&
            !action.target().is_temporary())
          dropped.push_back(action);
      const Node table = statement.result();
      if (!statement.statement_tag().starts_with("CREATE TABLE") || table.is_temporary()) continue;
      for (const Node& drop : dropped)
        if (drop.name() == table.name() &&
            (drop.schema_name().empty() || drop.schema_name() == table.schema_name()))
          report
              .add(statement, "table " + text(statement.qualified_name()) +
                                  " is made again, empty, after it was dropped with all its rows")
              .hint("change it with ALTER TABLE");
    }
  }
};

}  // namespace

RuleExtension force_recreate_table() {
  return confiture::rule<ForceRecreateTable>();
}

}  // namespace plugins::safety
