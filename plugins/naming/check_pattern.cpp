// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/naming/_pattern.hpp"

namespace plugins::naming {
namespace {

struct CheckPattern {
  std::string pattern = "{table}_*";
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("pattern", &CheckPattern::pattern,
            "What names look like: {table}, {columns} and `*` for any text", "1.."),
      field("exclude", &CheckPattern::exclude, "Constraints left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "naming.check_pattern",
      .summary = "CHECK constraint names match a pattern",
      .severity = Severity::off,
      .kinds = {NodeKind::constraint},
      .why =
          "A violated CHECK is reported by its name alone: let it say which table it guards,\n"
          "and what must hold. The default asks for the table in front.",
      .bad =
          "CREATE TABLE product (id bigint PRIMARY KEY, price numeric(10, 2) CONSTRAINT c1 CHECK "
          "(price > 0));",
      .good =
          "CREATE TABLE product (\n"
          "  id bigint PRIMARY KEY, price numeric(10, 2) CONSTRAINT product_price_positive CHECK "
          "(price > 0)\n"
          ");"};

  void check(const Node& constraint, Report& report) const {
    if (constraint.constraint_kind() != "check" || is_listed(constraint, exclude)) return;
    check_constraint(constraint, pattern, report);
  }
};

}  // namespace

RuleExtension check_pattern() {
  return confiture::rule<CheckPattern>();
}

}  // namespace plugins::naming
