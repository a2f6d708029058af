// SPDX-License-Identifier: MIT
// The search of the target for what must not be there: replaced values of the source, in every
// column that was not replaced, and personal data that shows by its form.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/foundation/cancellation.hpp"
#include "host/postgres/connection.hpp"
#include "host/sync/decisions.hpp"
#include "host/sync/patterns.hpp"
#include "host/sync/source_values.hpp"

namespace host::sync {

// What was found in one column, or in the text of one object of the schema.
struct Leak {
  std::string where;  // "column 'notes' of table public.orders", "view public.v"
  std::uint64_t source_values = 0;
  PatternCounts patterns;
  bool waived = false;
};

struct LeakSearch {
  std::vector<Leak> leaks;
  std::uint64_t rows = 0;   // looked through
  std::size_t columns = 0;  // of them
};

// `target` and `source` are in their transactions.
LeakSearch search_leaks(const Plan& plan, const Decisions& decisions, const SourceValues& values,
                        postgres::Connection& source, postgres::Connection& target,
                        const Cancellation& cancellation);

}  // namespace host::sync
