// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct RequireForeignKey {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &RequireForeignKey::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.require_foreign_key",
      .summary = "A column called something_id refers to something",
      .severity = Severity::off,
      .kinds = {NodeKind::column},
      .why =
          "A `customer_id` without REFERENCES accepts numbers that no customer has. Numbers\n"
          "of another system are listed under `exclude`. Primary keys are left alone, and so\n"
          "is a column whose partitions have the foreign key.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint);",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);"};

  void check(const Node& column, Report& report) const {
    if (!column.name().ends_with("_id") || column.is_primary_key()) return;
    if (!is_judged(column, exclude) || is_in_foreign_key(column)) return;
    report
        .add(column, "column " + text(column.qualified_name()) +
                         " has the name of a reference, and " + "no foreign key")
        .hint("add REFERENCES, or list the column under `exclude`");
  }
};

}  // namespace

RuleExtension require_foreign_key() {
  return confiture::rule<RequireForeignKey>();
}

}  // namespace plugins::structure
