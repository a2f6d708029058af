// SPDX-License-Identifier: MIT
#include "plugins/safety/_sizes.hpp"
#include "plugins/safety/_type_change.hpp"

namespace plugins::safety {
namespace {

struct ChangeColumnType {
  static constexpr RuleRecord record{
      .id = "safety.change_column_type",
      .summary = "No column gets a type for which the table is rewritten",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "ALTER COLUMN ... TYPE writes all rows and all indexes again under an ACCESS EXCLUSIVE "
          "lock: nobody can read or write the table. It does not where the values are stored in "
          "the same way: a varchar or numeric that gets longer or loses its limit, varchar to "
          "text, more digits of a second, cidr to inet, timestamp to timestamptz after SET "
          "timezone = 'UTC'. Another collation, or citext, builds the column's indexes again. "
          "Where no migration tells the old type, a rewrite is taken for granted. A table that the "
          "same file made is exempt.",
      .bad = "ALTER TABLE invoice ALTER COLUMN id TYPE bigint;",
      .good =
          "-- file: 1_make.up.sql\nCREATE TABLE invoice (number varchar(20), total "
          "numeric(10,2));\n-- file: 2_widen.up.sql\nALTER TABLE invoice ALTER COLUMN number TYPE "
          "text, ALTER COLUMN total TYPE numeric(12,2);"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &ChangeColumnType::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    const TypeChange change = type_change(action, report);
    if (!change.column) return;
    const std::string to = text(change.column.type_sql());
    if (change.rewrites) {
      const std::string from =
          change.from.name.empty() ? "" : " from " + text(action.target().type_sql());
      sizes.weigh(
          report, action,
          report.add(action, column_of(action) + " changes" + from + " to " + to +
                                 ": the table is rewritten while nobody can read or write it"),
          "add a column of the new type, fill it in batches, and let it replace this one");
    } else if (change.reindexes && is_indexed(table_before(action), action.name())) {
      sizes.weigh(
          report, action,
          report.add(action, "the indexes of " + column_of(action) +
                                 " are built again while nobody can read or write the table"),
          "add a column of the new type, fill it in batches, index it CONCURRENTLY, and let it "
          "replace this one");
    }
  }

 private:
  static bool is_indexed(const Node& table, std::string_view column) {
    if (!is_known(table)) return true;
    for (const Node& index : table.indexes()) {
      if (index.predicate_sql().find(column) != std::string_view::npos) return true;
      for (const Node& key : index.keys())
        if (key.name() == column || key.expression_sql().find(column) != std::string_view::npos)
          return true;
    }
    for (const Node& constraint : table.constraints()) {
      const std::string_view kind = constraint.constraint_kind();
      if (kind == "exclude") return true;
      if (kind != "primary_key" && kind != "unique") continue;
      for (const Node& key : constraint.columns())
        if (key.name() == column) return true;
    }
    return false;
  }
};

}  // namespace

RuleExtension change_column_type() {
  return confiture::rule<ChangeColumnType>();
}

}  // namespace plugins::safety
