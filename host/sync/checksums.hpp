// SPDX-License-Identifier: MIT
// The columns that were copied as they are, compared between the two databases without regard to
// the order of the rows: each row's hash, summed up by each server.
#pragma once

#include <string>
#include <vector>

#include "host/foundation/cancellation.hpp"
#include "host/postgres/connection.hpp"
#include "host/sync/plan.hpp"

namespace host::sync {

struct ChecksumResult {
  struct Difference {
    TableName table;
    std::string column;
  };
  std::size_t columns = 0;  // compared
  std::vector<Difference> differences;
  std::vector<std::string> skipped;  // of another type in the target
};

// Both connections are in their transactions, with the same settings.
ChecksumResult compare_checksums(const Plan& plan, postgres::Connection& source,
                                 postgres::Connection& target, const Cancellation& cancellation);

}  // namespace host::sync
