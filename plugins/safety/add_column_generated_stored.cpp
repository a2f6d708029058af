// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct AddColumnGeneratedStored {
  static constexpr RuleRecord record{
      .id = "safety.add_column_generated_stored",
      .summary = "No STORED generated column is added to a table in use",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "A generated column that is STORED has to be written in every row: ADD COLUMN writes the "
          "whole table and its indexes again under an ACCESS EXCLUSIVE lock. A plain column that a "
          "trigger fills, and old rows in batches, comes to the same; from PostgreSQL 18 on a "
          "VIRTUAL one writes nothing. A table that the same file made is exempt.",
      .bad = "ALTER TABLE invoice ADD COLUMN gross numeric GENERATED ALWAYS AS (net * 1.2) STORED;",
      .good = "ALTER TABLE invoice ADD COLUMN gross numeric;"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &AddColumnGeneratedStored::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    const Node column = added_column(action);
    if (!column.is_generated()) return;
    sizes.weigh(
        report, action,
        report.add(action,
                   column_of(action) +
                       " is generated and STORED: the table is rewritten while nobody can read "
                       "or write it"),
        action.parent().server_version() >= 180000
            ? "make it VIRTUAL, or add a plain column, fill it by a trigger, and the old "
              "rows in batches"
            : "add a plain column, fill it by a trigger, and the old rows in batches");
  }
};

}  // namespace

RuleExtension add_column_generated_stored() {
  return confiture::rule<AddColumnGeneratedStored>();
}

}  // namespace plugins::safety
