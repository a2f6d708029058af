// SPDX-License-Identifier: MIT
#include <set>

#include "plugins/common/rule.hpp"

namespace plugins::structure {
namespace {

struct DuplicateColumnAssignment {
  static constexpr RuleRecord record{
      .id = "structure.duplicate_column_assignment",
      .summary = "No column is assigned twice in one statement",
      .severity = Severity::error,
      .risk = Risk::medium,
      .kinds = {NodeKind::statement, NodeKind::function},
      .scope = Scope::both,
      .why =
          "The server refuses an UPDATE that sets a column twice and an INSERT that names it\n"
          "twice. In a function that shows only when it is called. Parts of one column, such\n"
          "as elements of an array or fields of a composite value, may be set one after the\n"
          "other.",
      .bad = "UPDATE product SET price = price * 2, name = 'x', price = 3 WHERE id = 1;",
      .good =
          "UPDATE product SET price = 3, name = 'x', tags[1] = 'a', tags[2] = 'b' WHERE id = 1;"};

  void check(const Node& node, Report& report) const {
    if (node.kind() == NodeKind::statement) return judge(node, node, report);
    for (const Node& statement : node.body_statements()) judge(statement, node, report);
  }

 private:
  static void judge(const Node& statement, const Node& at, Report& report) {
    if (statement.is_dynamic()) return;
    const std::string_view tag = statement.statement_tag();
    if (tag != "INSERT" && tag != "UPDATE" && tag != "MERGE" && tag != "SELECT" && tag != "DELETE")
      return;
    report.tree(statement).walk([&](const Tree& part) {
      for (const Tree& list : {part.is("InsertStmt") ? part["cols"] : Tree(), targets_of(part)}) {
        const std::string_view twice = repeated(list);
        if (twice.empty()) continue;
        report
            .add(at, "column " + quoted(twice) + " is assigned twice in one " +
                         text(part.is("InsertStmt") ? "INSERT" : "UPDATE"))
            .hint("keep one of the assignments");
      }
    });
  }

  // SET a = 1, b = 2: of an UPDATE, an ON CONFLICT clause or a WHEN clause of a MERGE.
  static Tree targets_of(const Tree& part) {
    const bool assigns = part.is("UpdateStmt") || part.is("MergeWhenClause");
    if (part.is("InsertStmt")) return part["onConflictClause"]["targetList"];
    return assigns ? part["targetList"] : Tree();
  }

  static std::string_view repeated(const Tree& targets) {
    std::set<std::string_view> seen;
    for (const Tree& target : targets)
      if (target["indirection"].empty() && !target.text("name").empty() &&
          !seen.insert(target.text("name")).second)
        return target.text("name");
    return {};
  }
};

}  // namespace

RuleExtension duplicate_column_assignment() {
  return confiture::rule<DuplicateColumnAssignment>();
}

}  // namespace plugins::structure
