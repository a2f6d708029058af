// SPDX-License-Identifier: MIT
#include <algorithm>

#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct ChangeTypeUsedByView {
  static constexpr RuleRecord record{
      .id = "safety.change_type_used_by_view",
      .summary = "No type is changed of a column that a view or a rule uses",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "The statement fails: PostgreSQL does not change the type of a column that a view or a "
          "rule uses. Drop the view before and create it again after, in the same migration, with "
          "its grants.",
      .bad =
          "CREATE TABLE customer (id bigint, name varchar(100));\nCREATE VIEW customer_names AS "
          "SELECT name FROM customer;\nALTER TABLE customer ALTER COLUMN name TYPE text;",
      .good =
          "CREATE TABLE customer (id bigint, name varchar(100));\nCREATE VIEW customer_names AS "
          "SELECT name FROM customer;\nDROP VIEW customer_names;\nALTER TABLE customer ALTER "
          "COLUMN name TYPE text;\nCREATE VIEW customer_names AS SELECT name FROM customer;"};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "alter_column_type" ||
        action.parent().statement_tag() != "ALTER TABLE")
      return;
    const Node table = table_before(action);
    for (const Node& view : table.read_by())
      if (uses(report.tree(view), table.name(), action.name()))
        fails(action, report,
              (view.is_materialized() ? "materialized view " : "view ") +
                  text(view.qualified_name()));
    for (const Node& part : table.children())
      if (part.kind() == NodeKind::rewrite_rule &&
          uses(report.tree(part), table.name(), action.name()))
        fails(action, report, "rule " + quoted(part.name()));
  }

 private:
  static void fails(const Node& action, Report& report, const std::string& user) {
    report
        .add(action,
             "the type of " + column_of(action) + " cannot be changed while " + user + " uses it")
        .hint("drop it before, and create it again after, in the same migration");
  }

  // Names the column, bare or by a name that the table has there, or takes all columns.
  static bool uses(const Tree& query, std::string_view table, std::string_view column) {
    std::vector<std::string> names{"new", "old"};
    query.walk([&](const Tree& node) {
      if (!node.is("RangeVar") || node.relation_name() != table) return;
      const Tree alias = node["alias"];
      names.push_back(text(alias ? alias.text("aliasname") : table));
    });
    return query.any([&](const Tree& node) {
      if (node.is("JoinExpr")) {
        const Tree shared = node["usingClause"];
        for (const Tree& name : shared)
          if (name.string() == column) return true;
      }
      if (!node.is("ColumnRef")) return false;
      const Tree fields = node["fields"];
      if (node.column_name() != column && node.column_name() != "*") return false;
      if (fields.size() < 2) return true;
      const std::string qualifier = text(fields.at(fields.size() - 2).string());
      return std::find(names.begin(), names.end(), qualifier) != names.end();
    });
  }
};

}  // namespace

RuleExtension change_type_used_by_view() {
  return confiture::rule<ChangeTypeUsedByView>();
}

}  // namespace plugins::safety
