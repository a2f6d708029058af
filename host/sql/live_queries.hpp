// SPDX-License-Identifier: MIT
// What read_live_schema() asks the catalog: each query gives the name of an object and a statement
// of it without its semicolon, in order. $1 is the schema that is left out.
#pragma once

#include <span>
#include <string_view>

namespace host::sql {

struct LiveQuery {
  std::string_view sql;
  int since = 0;  // the first server version that has what it reads
};

std::span<const LiveQuery> live_queries();

}  // namespace host::sql
