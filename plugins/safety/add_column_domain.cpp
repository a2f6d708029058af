// SPDX-License-Identifier: MIT
#include "plugins/common/column_type.hpp"
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct AddColumnDomain {
  static constexpr RuleRecord record{
      .id = "safety.add_column_domain",
      .summary = "No new column of a table in use is of a domain with constraints",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "A domain with a CHECK or NOT NULL makes ADD COLUMN write the whole table and its "
          "indexes again under an ACCESS EXCLUSIVE lock, even without a default and with a NOT "
          "VALID constraint. A domain without constraints does not. Add a column of the plain type "
          "with a CHECK that is NOT VALID. A table that the same file made is exempt.",
      .bad =
          "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');\nALTER TABLE customer ADD COLUMN "
          "contact email;",
      .good = "CREATE DOMAIN email AS text;\nALTER TABLE customer ADD COLUMN contact email;"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &AddColumnDomain::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    const Node column = added_column(action);
    if (!column || column.array_dimensions() > 0 || !is_constrained(column.type())) return;
    sizes.weigh(report, action,
                report.add(action, column_of(action) + " is of domain " +
                                       text(column.type().qualified_name()) +
                                       ", which has constraints: the table is rewritten while "
                                       "nobody can read or write it"),
                "add a column of the plain type, and a CHECK that is NOT VALID");
  }
};

}  // namespace

RuleExtension add_column_domain() {
  return confiture::rule<AddColumnDomain>();
}

}  // namespace plugins::safety
