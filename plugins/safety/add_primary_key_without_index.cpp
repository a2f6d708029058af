// SPDX-License-Identifier: MIT
#include "plugins/safety/_index_first.hpp"

namespace plugins::safety {
namespace {

struct AddPrimaryKeyWithoutIndex {
  static constexpr RuleRecord record{
      .id = "safety.add_primary_key_without_index",
      .summary = "A primary key takes over an index that was built CONCURRENTLY",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "ADD PRIMARY KEY builds an index, and reads the table for NULLs, under an ACCESS "
          "EXCLUSIVE lock: nobody can read or write the table. Build a unique index CONCURRENTLY "
          "before, over columns that are NOT NULL, and USING INDEX then takes a moment. A table "
          "that the same file made is exempt.",
      .bad = "ALTER TABLE invoice ADD PRIMARY KEY (id);",
      .good =
          "ALTER TABLE invoice ADD CONSTRAINT invoice_pkey PRIMARY KEY USING INDEX "
          "invoice_id_idx;"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &AddPrimaryKeyWithoutIndex::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    const Node constraint = added_constraint(action, "primary_key");
    if (!constraint || !constraint.using_index().empty()) return;
    Finding& finding =
        report.add(action, "primary key " + quoted(constraint.name()) +
                               " builds its index while nobody can read or write table " +
                               text(action.qualified_name()));
    hint_index_first(finding, action, constraint, sizes, report);
  }
};

}  // namespace

RuleExtension add_primary_key_without_index() {
  return confiture::rule<AddPrimaryKeyWithoutIndex>();
}

}  // namespace plugins::safety
