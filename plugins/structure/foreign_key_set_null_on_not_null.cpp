// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct ForeignKeySetNullOnNotNull {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &ForeignKeySetNullOnNotNull::exclude,
            "Tables and foreign keys left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.foreign_key_set_null_on_not_null",
      .summary = "SET NULL acts on columns that may be NULL",
      .severity = Severity::error,
      .risk = Risk::medium,
      .kinds = {NodeKind::constraint},
      .why =
          "ON DELETE SET NULL on a NOT NULL column never sets anything: each delete of a row\n"
          "that is referred to fails with a violated NOT NULL of another table. Of a key of\n"
          "several columns one that may be NULL is enough here, since `SET NULL (column)` can\n"
          "name it.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE orders (\n"
          "  id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer ON DELETE SET "
          "NULL\n"
          ");",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE orders (\n"
          "  id bigint PRIMARY KEY, customer_id bigint REFERENCES customer ON DELETE SET NULL\n"
          ");"};

  void check(const Node& constraint, Report& report) const {
    const bool on_delete = constraint.on_delete() == "set_null";
    if (!on_delete && constraint.on_update() != "set_null") return;
    if (!is_judged_table(constraint.parent(), exclude) || is_listed(constraint, exclude)) return;
    for (const Node& column : constraint.columns())
      if (may_be_null(column)) return;
    if (constraint.columns().empty()) return;
    report
        .add(constraint,
             text(on_delete ? "ON DELETE" : "ON UPDATE") + " SET NULL of foreign key " +
                 place_of(constraint) + " always fails: " +
                 (constraint.columns().size() == 1 ? "the column is" : "the columns are") +
                 " NOT NULL")
        .hint("let the column be NULL, or choose CASCADE or RESTRICT");
  }
};

}  // namespace

RuleExtension foreign_key_set_null_on_not_null() {
  return confiture::rule<ForeignKeySetNullOnNotNull>();
}

}  // namespace plugins::structure
