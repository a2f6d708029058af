// SPDX-License-Identifier: MIT
// The counters behind serial and identity columns, set to go on after the highest value that is in
// the target now: the source's own position would tell how much it holds.
#pragma once

#include "host/postgres/connection.hpp"
#include "host/sync/plan.hpp"

namespace host::sync {

// In the open transaction, and undone with it (setval would not be). Returns how many were set.
std::size_t reset_sequences(postgres::Connection& connection, const Plan& plan);

}  // namespace host::sync
