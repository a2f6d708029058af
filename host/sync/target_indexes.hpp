// SPDX-License-Identifier: MIT
// The indexes of large tables, dropped before the load and made afterwards with the same
// definitions: to sort once is cheaper than to insert a million times.
#pragma once

#include <string>
#include <vector>

#include "host/postgres/connection.hpp"
#include "host/sync/plan.hpp"

namespace host::sync {

class TargetIndexes {
 public:
  TargetIndexes(postgres::Connection& connection, const Plan& plan)
      : connection_(connection), plan_(plan) {}

  // In the open transaction, once the foreign keys are gone. Leaves in place what would not come
  // back as it was: an index that something else depends on or belongs to, that the table is
  // clustered by or replicated by, or that has a tablespace or statistics of its own.
  void drop();
  // sync.check_failed names one that the new rows break.
  void make();

 private:
  struct Index {
    TableName table;
    std::string name;
    std::vector<std::string> statements;
  };
  postgres::Connection& connection_;
  const Plan& plan_;
  std::vector<Index> indexes_;
};

}  // namespace host::sync
