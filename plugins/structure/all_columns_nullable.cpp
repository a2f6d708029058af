// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct AllColumnsNullable {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(field(
      "exclude", &AllColumnsNullable::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "structure.all_columns_nullable",
      .summary = "Some column besides the key is NOT NULL",
      .severity = Severity::info,
      .kinds = {NodeKind::table},
      .why =
          "A table where everything but the key may be NULL accepts rows that say nothing. It\n"
          "is mostly forgotten: at least what makes a row worth storing is always known.\n"
          "Keys, foreign keys and generated columns are not counted, and a table with a\n"
          "single column besides them is left alone.",
      .bad = "CREATE TABLE customer (id bigint PRIMARY KEY, name text, email text);",
      .good = "CREATE TABLE customer (id bigint PRIMARY KEY, name text NOT NULL, email text);"};

  void check(const Node& table, Report& report) const {
    if (!is_judged_table(table, exclude)) return;
    std::size_t counted = 0;
    for (const Node& column : table.columns()) {
      if (column.type_name().empty()) return;  // CREATE TABLE AS
      if (column.is_primary_key() || column.is_generated()) continue;
      if (!may_be_null(column)) return;
      if (!is_in_foreign_key(column)) ++counted;
    }
    if (counted < 2) return;
    report
        .add(table, "every column of table " + text(table.qualified_name()) +
                        " besides its key may be NULL")
        .hint("make NOT NULL what is always known");
  }
};

}  // namespace

RuleExtension all_columns_nullable() {
  return confiture::rule<AllColumnsNullable>();
}

}  // namespace plugins::structure
