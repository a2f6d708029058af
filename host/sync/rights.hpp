// SPDX-License-Identifier: MIT
// What the roles of both sides must be allowed for a copy. Asked before anything is locked or read,
// so that all that is missing is told at once, and not after hours of loading.
#pragma once

#include <string>
#include <vector>

#include "host/sync/plan.hpp"

namespace host::sync {

// The source's role may read all of these tables. Throws sync.missing_right.
void require_reading(postgres::Connection& source, const std::vector<const Table*>& tables);

// The target's role owns what is emptied, filled and made anew: tables, those whose foreign keys
// point at them, sequences, materialized views; and may try a sample in a temporary table. Throws
// sync.missing_right.
void require_filling(postgres::Connection& target, const Plan& plan);

// Why the role cannot have the connected database replaced by a renamed copy; empty: it can.
std::string renaming_obstacle(postgres::Connection& target);

}  // namespace host::sync
