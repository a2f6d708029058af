// SPDX-License-Identifier: MIT
// Materialized views hold copies of what was just replaced, or nothing at all after a schema was
// built: they are computed again in the target, never copied.
#pragma once

#include <cstddef>

#include "host/postgres/connection.hpp"

namespace host::sync {

// All of them, each after those that it reads; returns how many.
std::size_t refresh_materialized_views(postgres::Connection& connection);

}  // namespace host::sync
