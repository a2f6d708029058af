// SPDX-License-Identifier: MIT
// safety.drop_column: a migration that drops a column loses its values.
#pragma once

#include <confiture/plugin.hpp>

#include "plugins/common/names.hpp"
#include "plugins/common/rule_record.hpp"

namespace plugins::safety {

struct DropColumn {
  static constexpr RuleRecord record{"safety.drop_column",
                                     "safety",
                                     confiture::Severity::error,
                                     "No migration drops a column that holds data",
                                     "The values are gone, and programs that still run the old "
                                     "version fail at once. A column that\n"
                                     "the same migration made is no loss.",
                                     "ALTER TABLE customer DROP COLUMN phone;",
                                     "CREATE TABLE customer_draft (id bigint, phone text);\n"
                                     "ALTER TABLE customer_draft DROP COLUMN phone;"};

  void check(const confiture::Node& action, confiture::Report& report) const {
    if (action.subcommand() != "drop_column" || action.created_here()) return;
    if (action.parent().statement_tag() != "ALTER TABLE") return;  // an attribute of a type
    const bool cascade = action.behavior() == "cascade";
    report
        .add(action, "column " + text(action.qualified_name()) + "." + quoted(action.name()) +
                         " is dropped with all its values" +
                         (cascade ? ", and what depends on it" : ""))
        .hint("release programs that do without it first, keep a backup, and drop it later")
        .risk(confiture::Risk::critical);
  }
};

}  // namespace plugins::safety
