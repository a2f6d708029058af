// SPDX-License-Identifier: MIT
// What people made in a database, apart from what PostgreSQL and its extensions brought: to tell
// whether it is empty, and to empty it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "host/postgres/connection.hpp"

namespace host::postgres {

// The schema that holds what confiture itself keeps in a database: no user object is in it.
inline constexpr std::string_view own_schema = "confiture";

// "table public.customers", "function public.total(integer)": every object of a schema that is no
// system schema and does not belong to an extension; sorted.
std::vector<std::string> user_objects(Connection& connection);

// Drops those objects and every schema that they leave without a purpose: all but `public`, the
// ones that belong to an extension or hold one, and confiture's own. Also drops the named
// extensions where they are installed. Wants to run in a transaction of the caller.
void drop_user_objects(Connection& connection, std::span<const std::string> extensions);

}  // namespace host::postgres
