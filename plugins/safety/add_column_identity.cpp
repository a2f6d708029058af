// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct AddColumnIdentity {
  static constexpr RuleRecord record{
      .id = "safety.add_column_identity",
      .summary = "No identity column is added to a table in use",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "An identity column gives each row a number of its own: ADD COLUMN writes the whole "
          "table and its indexes again under an ACCESS EXCLUSIVE lock. Add a plain integer column, "
          "number the old rows in batches, make it NOT NULL, and ADD GENERATED ... AS IDENTITY "
          "then. A table that the same file made is exempt.",
      .bad = "ALTER TABLE invoice ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY;",
      .good = "ALTER TABLE invoice ADD COLUMN number bigint;"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &AddColumnIdentity::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    if (!added_column(action).is_identity()) return;
    sizes.weigh(
        report, action,
        report.add(action,
                   column_of(action) +
                       " is an identity: the table is rewritten while nobody can read or write it"),
        "add a plain integer column, number the old rows in batches, and ADD GENERATED ... AS "
        "IDENTITY then");
  }
};

}  // namespace

RuleExtension add_column_identity() {
  return confiture::rule<AddColumnIdentity>();
}

}  // namespace plugins::safety
