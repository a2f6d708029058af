// SPDX-License-Identifier: MIT
// A strategy's names of columns, bound to what a table's rows are read as.
#pragma once

#include "host/sync/decisions.hpp"
#include "host/sync/plan.hpp"

namespace host::sync {

// Finds each column that `masked`'s strategy sees among plan.read, adding behind the written ones
// those that are not copied. Throws sync.unknown_column, and sync.template_shows for a text that
// would show an original which another rule removes.
void bind_strategy(const Table& table, const Decisions& decisions, MaskedColumn& masked,
                   TablePlan& plan);

// Puts a column whose text shows another one's replacement behind that one. Throws
// sync.template_shows where they need each other.
void order_by_need(TablePlan& plan);

}  // namespace host::sync
