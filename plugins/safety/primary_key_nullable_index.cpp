// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct PrimaryKeyNullableIndex {
  static constexpr RuleRecord record{
      .id = "safety.primary_key_nullable_index",
      .summary = "An index that becomes a primary key has no column that may be NULL",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "PRIMARY KEY USING INDEX is quick only if all columns are NOT NULL. Otherwise it makes "
          "them so, and reads the whole table for NULLs under an ACCESS EXCLUSIVE lock. Prove it "
          "before: CHECK (column IS NOT NULL) NOT VALID, VALIDATE CONSTRAINT, and SET NOT NULL, "
          "which then reads nothing. Tables that no migration makes are not judged.",
      .bad =
          "-- file: 1_make.up.sql\nCREATE TABLE invoice (id bigint);\nCREATE UNIQUE INDEX "
          "invoice_id_idx ON invoice (id);\n-- file: 2_key.up.sql\nALTER TABLE invoice ADD PRIMARY "
          "KEY USING INDEX invoice_id_idx;",
      .good =
          "-- file: 1_make.up.sql\nCREATE TABLE invoice (id bigint NOT NULL);\nCREATE UNIQUE INDEX "
          "invoice_id_idx ON invoice (id);\n-- file: 2_key.up.sql\nALTER TABLE invoice ADD PRIMARY "
          "KEY USING INDEX invoice_id_idx;"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &PrimaryKeyNullableIndex::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    const Node constraint = added_constraint(action, "primary_key"), table = table_before(action);
    if (!constraint || constraint.using_index().empty() || !is_known(table)) return;
    for (const Node& index : table.indexes()) {
      if (index.name() != constraint.using_index()) continue;
      for (const Node& column : index.columns()) {
        if (!column.is_nullable() || is_proven_not_null(table, column.name(), report)) continue;
        sizes.weigh(
            report, action,
            report.add(action,
                       "column " + text(column.qualified_name()) +
                           " may be NULL: the whole table is read to see, while nobody can read "
                           "or write it"),
            "add CHECK (... IS NOT NULL) NOT VALID, validate it, then SET NOT NULL, before");
      }
    }
  }
};

}  // namespace

RuleExtension primary_key_nullable_index() {
  return confiture::rule<PrimaryKeyNullableIndex>();
}

}  // namespace plugins::safety
