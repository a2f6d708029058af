// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct ForeignKeySelfReference {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &ForeignKeySelfReference::exclude,
            "Tables and foreign keys left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.foreign_key_self_reference",
      .summary = "No foreign key refers to its own columns",
      .severity = Severity::warning,
      .kinds = {NodeKind::constraint},
      .why =
          "A foreign key from a column to itself holds for every row: it checks nothing, and\n"
          "costs a trigger at each insert. Most often the column for the parent was meant.",
      .bad =
          "CREATE TABLE category (id bigint PRIMARY KEY REFERENCES category (id), parent_id "
          "bigint);",
      .good =
          "CREATE TABLE category (id bigint PRIMARY KEY, parent_id bigint REFERENCES category "
          "(id));"};

  void check(const Node& constraint, Report& report) const {
    if (constraint.constraint_kind() != "foreign_key") return;
    if (constraint.referenced_table() != constraint.parent()) return;
    if (!is_judged_table(constraint.parent(), exclude) || is_listed(constraint, exclude)) return;
    const NodeList own = constraint.columns(), other = constraint.referenced_columns();
    if (own.empty() || own.size() != other.size()) return;
    for (std::size_t i = 0; i < own.size(); ++i)
      if (own[i] != other[i]) return;
    report
        .add(constraint, "foreign key " + place_of(constraint) + " refers to its own columns and " +
                             "checks nothing")
        .hint("refer from the column that was meant, or leave it away");
  }
};

}  // namespace

RuleExtension foreign_key_self_reference() {
  return confiture::rule<ForeignKeySelfReference>();
}

}  // namespace plugins::structure
