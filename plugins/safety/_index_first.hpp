// SPDX-License-Identifier: MIT
// Unique constraints and primary keys: their index first, CONCURRENTLY, and the constraint then.
#pragma once

#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {

// What to write instead of an ADD UNIQUE or ADD PRIMARY KEY that builds its index itself.
inline void hint_index_first(Finding& finding, const Node& action, const Node& constraint,
                             const Sizes& sizes, const Report& report) {
  const Node table = table_before(action);
  if (table.is_partitioned()) {
    sizes.weigh(
        report, action, finding,
        "a partitioned table takes no ready index: build it CONCURRENTLY on each partition, CREATE "
        "UNIQUE INDEX ON ONLY the table, and bring those in with ALTER INDEX ... ATTACH PARTITION");
    return;
  }
  sizes.weigh(
      report, action, finding,
      "CREATE UNIQUE INDEX CONCURRENTLY in a migration of its own, then ADD CONSTRAINT ... USING "
      "INDEX");
  if (!is_known(table) || constraint.columns().empty()) return;
  const std::string name = quoted(constraint.name()), of = text(action.qualified_name());
  const std::string included =
      constraint.included_columns().empty()
          ? ""
          : " INCLUDE (" + column_list(constraint.included_columns()) + ")";
  const bool primary = constraint.constraint_kind() == "primary_key";
  finding.suggestion("CREATE UNIQUE INDEX CONCURRENTLY " + name + " ON " + of + " (" +
                     column_list(constraint.columns()) + ")" + included +
                     (constraint.nulls_not_distinct() ? " NULLS NOT DISTINCT" : "") +
                     ";\nALTER TABLE " + of + " ADD CONSTRAINT " + name +
                     (primary ? " PRIMARY KEY" : " UNIQUE") + " USING INDEX " + name + ";");
}

}  // namespace plugins::safety
