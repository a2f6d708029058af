// SPDX-License-Identifier: MIT
// What read_live_schema() asks the catalog: each query gives the name of an object and a statement
// of it without its semicolon, in order. Wanted is a search_path of pg_catalog alone, so that the
// catalog's functions qualify what they name.
#pragma once

#include <span>
#include <string_view>

namespace host::sql {

// What people made, as common table expressions that stand before each query: schema, relation,
// type and routine. Left out is what an extension made. $1 is confiture's own schema.
std::string_view live_objects();

std::span<const std::string_view> live_queries();

}  // namespace host::sql
