// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/naming/_pattern.hpp"

namespace plugins::naming {
namespace {

struct UniquePattern {
  std::string pattern = "{table}_{columns}_key";
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("pattern", &UniquePattern::pattern,
            "What names look like: {table}, {columns} and `*` for any text", "1.."),
      field("exclude", &UniquePattern::exclude, "Constraints left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "naming.unique_pattern",
      .summary = "Unique constraint names match a pattern",
      .severity = Severity::off,
      .kinds = {NodeKind::constraint},
      .why =
          "Applications tell \"this address is taken\" from other errors by the name of the\n"
          "constraint. A name made from table and columns can be foreseen. The default is the\n"
          "name that PostgreSQL itself chooses.",
      .bad = "CREATE TABLE customer (id bigint PRIMARY KEY, email text CONSTRAINT u1 UNIQUE);",
      .good = "CREATE TABLE customer (id bigint PRIMARY KEY, email text UNIQUE);"};

  void check(const Node& constraint, Report& report) const {
    if (constraint.constraint_kind() != "unique" || is_listed(constraint, exclude)) return;
    check_constraint(constraint, pattern, report);
  }
};

}  // namespace

RuleExtension unique_pattern() {
  return confiture::rule<UniquePattern>();
}

}  // namespace plugins::naming
