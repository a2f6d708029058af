// SPDX-License-Identifier: MIT
// The target's side of a replacement: tables emptied, with their foreign keys, large indexes and
// triggers out of the way, and afterwards everything put back as it was.
#pragma once

#include <string>
#include <vector>

#include "host/postgres/connection.hpp"
#include "host/sync/plan.hpp"
#include "host/sync/target_indexes.hpp"

namespace host::sync {

// The tables of the plan, for the open transaction alone.
void lock_tables(postgres::Connection& connection, const Plan& plan);

class TargetTables {
 public:
  // Reads what there is to put back. The plan outlives it.
  TargetTables(postgres::Connection& connection, const Plan& plan);

  // In an open transaction of the database that is filled, which may be a copy of the one that was
  // read, and prepared before: drops the foreign keys from and to the tables and the indexes of
  // large ones, disables their triggers, and empties them, but for those that `done` names.
  void prepare(postgres::Connection& connection, const std::vector<bool>& done) const;
  // Makes one of the indexes again, in any order and by any session. sync.check_failed names it if
  // the new rows break it. [any thread]
  void make_index(std::size_t number, postgres::Connection& connection) const {
    indexes_.make(number, connection);
  }
  std::size_t index_count() const { return indexes_.count(); }
  // Then: enables the triggers that were enabled, and adds the foreign keys with their definitions
  // and comments; sync.check_failed names one that the new rows break.
  void restore(postgres::Connection& connection) const;

  std::size_t foreign_key_count() const { return foreign_keys_.size(); }

 private:
  void read_triggers(postgres::Connection& connection);
  void add(postgres::Connection& connection, const ForeignKey& key) const;

  const Plan& plan_;
  std::vector<const ForeignKey*> foreign_keys_;                  // of the plan's target
  std::vector<std::string> disable_triggers_, enable_triggers_;  // statements
  TargetIndexes indexes_;
};

}  // namespace host::sync
