// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/naming/_pattern.hpp"

namespace plugins::naming {
namespace {

struct ForeignKeyPattern {
  std::string pattern = "{table}_{columns}_fkey";
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("pattern", &ForeignKeyPattern::pattern,
            "What names look like: {table}, {columns} and `*` for any text", "1.."),
      field("exclude", &ForeignKeyPattern::exclude, "Constraints left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "naming.foreign_key_pattern",
      .summary = "Foreign-key constraint names match a pattern",
      .severity = Severity::off,
      .kinds = {NodeKind::constraint},
      .why =
          "A violated foreign key is reported by its name alone. A name made from table and\n"
          "columns says which reference is meant, and a later migration can drop it without a\n"
          "look at the catalog. The default is the name that PostgreSQL itself chooses.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint CONSTRAINT ref1 "
          "REFERENCES customer);",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);"};

  void check(const Node& constraint, Report& report) const {
    if (constraint.constraint_kind() != "foreign_key" || is_listed(constraint, exclude)) return;
    check_constraint(constraint, pattern, report);
  }
};

}  // namespace

RuleExtension foreign_key_pattern() {
  return confiture::rule<ForeignKeyPattern>();
}

}  // namespace plugins::naming
