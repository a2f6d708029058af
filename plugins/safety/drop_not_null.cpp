// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct DropNotNull {
  static constexpr RuleRecord record{
      .id = "safety.drop_not_null",
      .summary = "No column that programs take for NOT NULL becomes nullable",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::subcommand},
      .why =
          "Programs that read the column have never seen a NULL in it: the first one that is "
          "written breaks those that were not prepared, and it cannot be taken back while such "
          "rows are there. Release what can read NULL first. A table or column that the same file "
          "made is exempt.",
      .bad = "ALTER TABLE customer ALTER COLUMN email DROP NOT NULL;",
      .good =
          "CREATE TABLE customer_draft (email text NOT NULL);\nALTER TABLE customer_draft ALTER "
          "COLUMN email DROP NOT NULL;"};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "drop_not_null" || !is_on_old_table(action)) return;
    if (action.created_here()) return;
    const Node column = action.target();
    if (is_known(table_before(action)) && column.kind() == NodeKind::column && column.is_nullable())
      return;
    report
        .add(action, column_of(action) +
                         " may be NULL from now on, and programs that do not expect that break")
        .hint("release programs that can read NULL there first");
  }
};

}  // namespace

RuleExtension drop_not_null() {
  return confiture::rule<DropNotNull>();
}

}  // namespace plugins::safety
