// SPDX-License-Identifier: MIT
#include "plugins/safety/_constraints.hpp"

namespace plugins::safety {
namespace {

struct DropPrimaryKey {
  static constexpr RuleRecord record{
      .id = "safety.drop_primary_key",
      .summary = "No table loses its primary key",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "Without it rows can come twice, foreign keys that point to it have to go first, and "
          "logical replication refuses UPDATE and DELETE. Put another in its place in the same "
          "statement, from an index that was built CONCURRENTLY: that is exempt, and so is a table "
          "that the same file made.",
      .bad = "ALTER TABLE invoice DROP CONSTRAINT invoice_pkey;",
      .good =
          "ALTER TABLE invoice\n  DROP CONSTRAINT invoice_pkey,\n  ADD CONSTRAINT invoice_pkey "
          "PRIMARY KEY USING INDEX invoice_number_idx;"};

  void check(const Node& file, Report& report) const {
    for (const Node& statement : file.statements())
      for (const Node& action : statement.subcommands()) {
        if (!drops_old_constraint(action) || !drops_primary_key(action) ||
            is_replaced(file, action, report))
          continue;
        report
            .add(action, "table " + text(action.qualified_name()) + " has no primary key any more")
            .hint("add another in the same statement, from an index that was built CONCURRENTLY");
      }
  }
};

}  // namespace

RuleExtension drop_primary_key() {
  return confiture::rule<DropPrimaryKey>();
}

}  // namespace plugins::safety
