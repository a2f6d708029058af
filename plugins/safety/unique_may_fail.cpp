// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct UniqueMayFail {
  static constexpr RuleRecord record{
      .id = "safety.unique_may_fail",
      .summary = "What becomes unique is known to be so in the rows that are there",
      .severity = Severity::info,
      .risk = Risk::medium,
      .kinds = {NodeKind::statement, NodeKind::subcommand},
      .why =
          "A unique index, a unique constraint or a primary key fails when the table holds two "
          "rows with the same key; one duplicate in production stops the whole migration. Look for "
          "duplicates first. Exempt are a table that the same file made, a constraint that takes "
          "over an index, and keys of which a part is unique already.",
      .bad =
          "-- transaction: off\nCREATE UNIQUE INDEX CONCURRENTLY customer_email_idx ON customer "
          "(email);",
      .good =
          "-- transaction: off\nCREATE INDEX CONCURRENTLY customer_email_idx ON customer (email);"};

  void check(const Node& node, Report& report) const {
    const bool index = node.kind() == NodeKind::statement;
    if (index ? !is_new_index(node) : !is_new_constraint(node)) return;
    const Node made = node.result();
    const Node table = index ? node.target() : table_before(node);
    if (is_unique_already(table, made)) return;
    const std::string of = text(node.qualified_name());
    Finding& finding =
        report.add(node, std::string(index                                ? "unique index "
                                     : made.constraint_kind() == "unique" ? "unique constraint "
                                                                          : "primary key ") +
                             quoted(made.name()) + " fails if table " + of +
                             " holds two rows with the same key");
    finding.hint("look for duplicates first");
    if (!is_known(table) || made.columns().empty() || has_expression(made)) return;
    const std::string columns = column_list(made.columns()), where = text(made.predicate_sql());
    finding.suggestion("SELECT " + columns + ", count(*) FROM " + of +
                       (where.empty() ? "" : " WHERE " + where) + " GROUP BY " + columns +
                       " HAVING count(*) > 1;");
  }

 private:
  static bool is_new_index(const Node& statement) {
    const Node table = statement.target();
    return statement.statement_tag() == "CREATE INDEX" && statement.result().is_unique() &&
           !statement.created_here() && !(table && table.kind() != NodeKind::table) &&
           !table.is_temporary();
  }
  static bool is_new_constraint(const Node& action) {
    const bool unique =
        added_constraint(action, "unique") || added_constraint(action, "primary_key");
    return unique && action.result().using_index().empty();
  }
  static bool has_expression(const Node& index) {
    for (const Node& key : index.keys())
      if (!key.expression_sql().empty()) return true;
    return false;
  }

  // Some of the columns are the key of a unique index of all rows.
  static bool is_unique_already(const Node& table, const Node& made) {
    const bool every_null = made.nulls_not_distinct() || made.constraint_kind() == "primary_key";
    const auto covers = [&](const Node& key) {
      if (every_null && !key.nulls_not_distinct() && key.constraint_kind() != "primary_key")
        return false;
      if (key.columns().empty()) return false;
      for (const Node& column : key.columns()) {
        bool found = false;
        for (const Node& own : made.columns())
          found = found || (!own.name().empty() && own.name() == column.name());
        if (!found) return false;
      }
      return true;
    };
    for (const Node& constraint : table.constraints()) {
      const std::string_view kind = constraint.constraint_kind();
      if ((kind == "primary_key" || kind == "unique") && covers(constraint)) return true;
    }
    for (const Node& index : table.indexes())
      if (index.is_unique() && index.predicate_sql().empty() && covers(index)) return true;
    return false;
  }
};

}  // namespace

RuleExtension unique_may_fail() {
  return confiture::rule<UniqueMayFail>();
}

}  // namespace plugins::safety
