// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/naming/_pattern.hpp"

namespace plugins::naming {
namespace {

struct PrimaryKeyPattern {
  std::string pattern = "{table}_pkey";
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("pattern", &PrimaryKeyPattern::pattern,
            "What names look like: {table}, {columns} and `*` for any text", "1.."),
      field("exclude", &PrimaryKeyPattern::exclude, "Constraints left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "naming.primary_key_pattern",
      .summary = "Primary-key constraint names match a pattern",
      .severity = Severity::off,
      .kinds = {NodeKind::constraint},
      .why =
          "An error message of the server names the constraint and not the table. A name made\n"
          "from the table says at once whose key it is. The default is the name that\n"
          "PostgreSQL itself chooses.",
      .bad = "CREATE TABLE customer (id bigint CONSTRAINT pk1 PRIMARY KEY);",
      .good = "CREATE TABLE customer (id bigint PRIMARY KEY);"};

  void check(const Node& constraint, Report& report) const {
    if (constraint.constraint_kind() != "primary_key" || is_listed(constraint, exclude)) return;
    check_constraint(constraint, pattern, report);
  }
};

}  // namespace

RuleExtension primary_key_pattern() {
  return confiture::rule<PrimaryKeyPattern>();
}

}  // namespace plugins::naming
