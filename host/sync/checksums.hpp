// SPDX-License-Identifier: MIT
// The columns that were copied as they are and have the same type, compared between the two
// databases without regard to the order of the rows: each row's hash, summed up by each server.
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
};

class Checksums {
 public:
  Checksums(const Plan& plan, postgres::Connection& source, postgres::Connection& target);

  // One by one in any order, each once, on any thread: that of the plan's table with this number.
  // Both connections are in their transactions, with the same settings.
  void compare(std::size_t table, postgres::Connection& source, postgres::Connection& target);
  // Of all that were compared, in the plan's order.
  ChecksumResult result() const;

 private:
  std::string hash_of(const std::vector<const Column*>& columns) const;

  const Plan& plan_;
  const bool same_encoding_;
  const bool by_type_;                   // both servers know hash_record_extended()
  std::vector<ChecksumResult> results_;  // by table
};

}  // namespace host::sync
