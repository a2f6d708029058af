// SPDX-License-Identifier: MIT
// safety.drop_table: a migration that drops a table loses its rows.
#pragma once

#include <confiture/plugin.hpp>

#include "plugins/common/names.hpp"
#include "plugins/common/rule_record.hpp"

namespace plugins::safety {

struct DropTable {
  static constexpr RuleRecord record{
      "safety.drop_table",
      "safety",
      confiture::Severity::error,
      "No migration drops a table that holds data",
      "The rows are gone, and programs that still run the old version fail at once. A table that "
      "the\n"
      "same migration made is no loss.",
      "DROP TABLE customer;",
      "CREATE TABLE customer_draft (id bigint);\nDROP TABLE customer_draft;"};

  void check(const confiture::Node& action, confiture::Report& report) const {
    if (action.subcommand() != "drop_table" || action.created_here()) return;
    const bool cascade = action.behavior() == "cascade";
    report
        .add(action, "table " + text(action.qualified_name()) + " is dropped with all its rows" +
                         (cascade ? ", and what depends on it" : ""))
        .hint("release programs that do without it first, keep a backup, and drop it later")
        .risk(confiture::Risk::critical);
  }
};

}  // namespace plugins::safety
