// SPDX-License-Identifier: MIT
// What can be known to go wrong before the first row moves. Each check throws with the name of what
// is in the way and of what would help.
#pragma once

#include <vector>

#include "host/sync/plan.hpp"

namespace host::sync {

// Every selected table is there, holds each copied column, and can do without the others.
void check_target_schema(const Catalog& target, const std::vector<const Table*>& selected,
                         const Decisions& decisions);

// A replaced column in a unique index has a strategy that keeps distinct values distinct.
void check_unique_indexes(const Catalog& catalog, const Plan& plan);

// Both sides of a foreign key are replaced alike, or neither is: else rows lose their parents. Also
// where one side is not copied this time.
void check_foreign_keys(const Catalog& catalog, const Decisions& decisions);

// What the plan was made for is still there: asked once the target's tables are locked, since they
// were not when it was made. Throws sync.target_changed.
void check_same_target(const Plan& plan, const Catalog& now);

}  // namespace host::sync
