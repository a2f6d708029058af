// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"

namespace plugins::naming {
namespace {

struct UnnamedConstraint {
  std::vector<std::string> kinds{"check", "exclude", "foreign_key", "unique"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("kinds", &UnnamedConstraint::kinds,
            "Which constraints need a name: primary_key, unique, foreign_key, check, exclude"),
      field("exclude", &UnnamedConstraint::exclude,
            "Tables and domains left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "naming.unnamed_constraint",
      .summary = "Constraints have a name that their author chose",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::constraint},
      .why =
          "The name of a constraint is what an application sees when it is violated, and what\n"
          "a migration needs to change it. `customer_check1` says nothing. The name that\n"
          "PostgreSQL gives to a primary key can always be foreseen, so that these need none;\n"
          "`kinds` says which do.",
      .bad =
          "CREATE TABLE product (id bigint PRIMARY KEY, price numeric(10, 2) CHECK (price > 0));",
      .good =
          "CREATE TABLE product (\n"
          "  id bigint PRIMARY KEY, price numeric(10, 2) CONSTRAINT product_price_positive CHECK "
          "(price > 0)\n"
          ");",
      .fix = Fix::safe};

  void check(const Node& constraint, Report& report) const {
    const Node owner = constraint.parent();
    if (constraint.is_named() || !constraint.using_index().empty() || owner.is_temporary()) return;
    if (owner.is_partition() || owner.kind() == NodeKind::foreign_table) return;
    if (is_listed(owner, exclude)) return;
    bool wanted = false;
    for (const std::string& kind : kinds) wanted = wanted || kind == constraint.constraint_kind();
    if (!wanted) return;
    Finding& finding =
        report
            .add(constraint, text(word_of(constraint.constraint_kind())) + " of " +
                                 text(owner.qualified_name()) +
                                 " has no name: the server calls it " + quoted(constraint.name()))
            .hint("write CONSTRAINT and a name in front of it");
    const std::uint64_t at = constraint.location().offset;
    if (Written(owner).has(at))
      finding.fix(at, at, "CONSTRAINT " + quoted(constraint.name()) + " ");
  }

 private:
  static const char* word_of(std::string_view kind) {
    if (kind == "primary_key") return "the primary key";
    if (kind == "unique") return "a unique constraint";
    if (kind == "foreign_key") return "a foreign key";
    return kind == "check" ? "a CHECK constraint" : "an exclusion constraint";
  }
};

}  // namespace

RuleExtension unnamed_constraint() {
  return confiture::rule<UnnamedConstraint>();
}

}  // namespace plugins::naming
