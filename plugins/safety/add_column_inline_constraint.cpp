// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct AddColumnInlineConstraint {
  static constexpr RuleRecord record{
      .id = "safety.add_column_inline_constraint",
      .summary = "A new column of a table in use gets its constraints later",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::subcommand},
      .why =
          "A constraint that stands in ADD COLUMN cannot be NOT VALID. A CHECK reads the whole "
          "table under an ACCESS EXCLUSIVE lock, although the column has one value everywhere; "
          "UNIQUE and PRIMARY KEY build their index under it; REFERENCES also locks the referenced "
          "table against writers, and with a default looks up every row. Add the column first. A "
          "table that the same file made is exempt.",
      .bad = "ALTER TABLE invoice ADD COLUMN discount int CHECK (discount >= 0);",
      .good =
          "ALTER TABLE invoice ADD COLUMN discount int;\nALTER TABLE invoice ADD CONSTRAINT "
          "discount_positive CHECK (discount >= 0) NOT VALID;"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &AddColumnInlineConstraint::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    const Node column = added_column(action), file = action.parent().parent();
    if (!column) return;
    const std::string of = text(action.qualified_name());
    for (const Node& constraint : action.constraints()) {
      const std::string_view kind = constraint.constraint_kind();
      const std::string name = quoted(constraint.name());
      if (kind == "check") {
        sizes.weigh(
            report, action,
            report.add(constraint, "constraint " + name + " reads the whole of table " + of +
                                       " while nobody can read or write it"),
            "add the column first, then the constraint NOT VALID, and validate it in a later "
            "migration");
      } else if (kind == "foreign_key") {
        const bool reads = !column.default_sql().empty();
        const bool locks = constraint.referenced_table() != action.parent().result() &&
                           !is_made_in(file, constraint.referenced_table());
        if (!reads && !locks) continue;
        Finding& finding = report.add(
            constraint,
            "foreign key " + name +
                (reads ? " looks up every row of table " + of + " while nobody can read or write it"
                       : " keeps writers from table " + text(constraint.referenced_name()) +
                             " while the column is added"));
        const std::string hint =
            "add the column first, then the foreign key NOT VALID, and validate it in a later "
            "migration";
        if (reads)
          sizes.weigh(report, action, finding, hint);
        else
          finding.hint(hint);
      } else {
        sizes.weigh(
            report, action,
            report.add(constraint,
                       std::string(kind == "unique" ? "unique constraint " : "primary key ") +
                           name + " builds its index while nobody can read or write table " + of),
            "add the column first, then CREATE UNIQUE INDEX CONCURRENTLY, and the constraint "
            "USING INDEX");
      }
    }
  }
};

}  // namespace

RuleExtension add_column_inline_constraint() {
  return confiture::rule<AddColumnInlineConstraint>();
}

}  // namespace plugins::safety
