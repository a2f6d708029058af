// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct AddRequiredColumn {
  static constexpr RuleRecord record{
      .id = "safety.add_required_column",
      .summary = "A new column of a table in use may be NULL or has a default",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "ADD COLUMN ... NOT NULL without a default fails as soon as the table has a row: it "
          "passes on an empty test database and stops the migration in production. Programs that "
          "do not know the column cannot insert either. Add it with a default that is no function "
          "call, or nullable. A table that the same file made is exempt.",
      .bad = "ALTER TABLE customer ADD COLUMN country text NOT NULL;",
      .good = "ALTER TABLE customer ADD COLUMN country text NOT NULL DEFAULT 'unknown';"};

  void check(const Node& action, Report& report) const {
    const Node column = added_column(action);
    if (!column || !is_required(column) || has_value(column, report)) return;
    report
        .add(action,
             column_of(action) +
                 " is NOT NULL without a default: the statement fails if the table has a row")
        .hint("add it with a constant default, or nullable, and SET NOT NULL when it is filled");
  }

 private:
  static bool is_required(const Node& column) {
    const Node type = column.array_dimensions() == 0 ? column.type() : Node();
    return !column.is_nullable() || (type.kind() == NodeKind::domain && !type.is_nullable());
  }
  static bool has_value(const Node& column, const Report& report) {
    if (column.is_serial() || column.is_identity() || column.is_generated()) return true;
    const auto is_value = [&](std::string_view sql) {
      return !sql.empty() && !report.expression(sql).is_null();
    };
    if (!column.default_sql().empty()) return is_value(column.default_sql());
    return column.type().kind() == NodeKind::domain && is_value(column.type().default_sql());
  }
};

}  // namespace

RuleExtension add_required_column() {
  return confiture::rule<AddRequiredColumn>();
}

}  // namespace plugins::safety
