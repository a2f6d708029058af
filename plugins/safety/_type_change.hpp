// SPDX-License-Identifier: MIT
// An ALTER COLUMN ... TYPE, and what it does.
#pragma once

#include "plugins/safety/_actions.hpp"
#include "plugins/common/column_type.hpp"

namespace plugins::safety {

struct TypeChange {
  Node column;  // as it is now; empty: the action changes no type of an old table's column
  ColumnType from, to;
  bool rewrites = false;   // all rows are written again; also where the old type is not known
  bool reindexes = false;  // they are not, but the column's indexes are built again
};

TypeChange type_change(const Node& action, const Report& report);

}  // namespace plugins::safety
