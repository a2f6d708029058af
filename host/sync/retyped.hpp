// SPDX-License-Identifier: MIT
// Columns whose type is another in the target. The server turns their values into it without a
// word, and may round, shorten or drop a part of them.
#pragma once

#include <string>
#include <vector>

#include "host/postgres/connection.hpp"
#include "host/sync/plan.hpp"

namespace host::sync {

struct Retyped {
  std::size_t columns = 0;           // compared
  std::vector<std::string> changed;  // "column 'n' of table public.t (numeric(10,4) in the ...)"
  std::vector<std::string> unknown;  // of types that cannot be turned back: public.t.n
};

// Whether what was read, and what was written turned back into the source's type, are the same.
// Both connections are in their transactions, with the same settings.
Retyped compare_retyped(const Plan& plan, postgres::Connection& source,
                        postgres::Connection& target);

}  // namespace host::sync
