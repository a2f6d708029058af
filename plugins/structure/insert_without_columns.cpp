// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"

namespace plugins::structure {
namespace {

struct InsertWithoutColumns {
  static constexpr RuleRecord record{
      .id = "structure.insert_without_columns",
      .summary = "INSERT names the columns that it fills",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::statement, NodeKind::function},
      .why =
          "An INSERT without a column list depends on the order of columns, and on nobody\n"
          "adding one: after the next ALTER TABLE it fails, or puts values of the same type\n"
          "into the wrong column. Where the same file makes the table, its columns are in\n"
          "sight, and nothing is said.",
      .bad = "INSERT INTO country VALUES ('FR', 'France');",
      .good = "INSERT INTO country (code, name) VALUES ('FR', 'France');",
      .fix = Fix::unsafe};

  void check(const Node& node, Report& report) const {
    if (node.kind() == NodeKind::statement) {
      if (!node.created_here()) judge(node, node, report);
      return;
    }
    for (const Node& statement : node.body_statements()) judge(statement, node, report);
  }

 private:
  // Where the table is known, and one row tells how many of its columns are filled.
  static void mend(Finding& finding, const Node& statement, const Tree& insert) {
    const Node table = statement.target();
    const Tree query = insert["selectStmt"], row = query["valuesLists"].at(0);
    const Tree values = row.has("items") ? row["items"] : row;
    if (!table || table.is_assumed() || values.empty() || insert["relation"].has("alias")) return;
    std::string columns;
    std::size_t count = 0;
    for (const Node& column : table.columns())
      if (count < values.size()) {
        columns += (columns.empty() ? "" : ", ") + quoted(column.name());
        ++count;
      }
    const auto name = Written(statement).name(insert["relation"].offset());
    if (name && count == values.size())
      finding.fix(name->end_offset, name->end_offset, " (" + columns + ")");
  }

  static void judge(const Node& statement, const Node& at, Report& report) {
    if (statement.is_dynamic() || statement.statement_tag() != "INSERT") return;
    const Tree insert = report.tree(statement);
    // INSERT ... DEFAULT VALUES has no query.
    if (!insert.is("InsertStmt") || !insert["cols"].empty() || !insert.has("selectStmt")) return;
    Finding& finding = report
                           .add(at, "INSERT into " + quoted(insert["relation"].relation_name()) +
                                        " does not name the columns that it fills")
                           .hint("write the columns after the table's name");
    if (statement == at) mend(finding, statement, insert);
  }
};

}  // namespace

RuleExtension insert_without_columns() {
  return confiture::rule<InsertWithoutColumns>();
}

}  // namespace plugins::structure
