// SPDX-License-Identifier: MIT
// The target's side of a replacement, all of it in one transaction: tables emptied, with their
// foreign keys and triggers out of the way, and afterwards everything put back as it was.
#pragma once

#include <string>
#include <vector>

#include "host/postgres/connection.hpp"
#include "host/sync/plan.hpp"
#include "host/sync/target_indexes.hpp"

namespace host::sync {

class TargetTables {
 public:
  // The connection is in a transaction; whoever opened it ends it.
  TargetTables(postgres::Connection& connection, const Plan& plan);

  // Locks the tables, drops the foreign keys from and to them and the indexes of large ones,
  // disables their triggers, and empties them.
  void prepare();
  // Makes the indexes, enables the triggers that were enabled, and adds the foreign keys with their
  // definitions and comments; sync.check_failed names one that the new rows break.
  void restore();

  std::size_t foreign_key_count() const { return foreign_keys_.size(); }

 private:
  void lock();
  void switch_triggers_off();
  void add(const ForeignKey& key);

  postgres::Connection& connection_;
  const Plan& plan_;
  std::vector<const ForeignKey*> foreign_keys_;  // of the plan's target
  std::vector<std::string> enable_triggers_;     // statements
  TargetIndexes indexes_;
};

}  // namespace host::sync
