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
  // Reads them, once the tables are locked. Leaves out what would not come back as it was: an index
  // that something else than a foreign key depends on or belongs to, that the table is clustered by
  // or replicated by, or that has a tablespace or statistics of its own. The plan outlives it.
  TargetIndexes(postgres::Connection& connection, const Plan& plan);

  // In the open transaction, once the foreign keys are gone; those that are gone too stay so.
  void drop(postgres::Connection& connection) const;
  std::size_t count() const { return indexes_.size(); }
  // sync.check_failed names it if the new rows break it.
  void make(std::size_t number, postgres::Connection& connection) const;

 private:
  struct Index {
    TableName table;
    std::string name, drop;
    std::vector<std::string> statements;
  };
  std::vector<Index> indexes_;
};

}  // namespace host::sync
