// SPDX-License-Identifier: MIT
// What a staging database knows of its own load: for which run it is, and which tables have
// arrived, each with what the report will say of it. It is how an interrupted run goes on.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "host/postgres/connection.hpp"
#include "host/sync/plan.hpp"
#include "host/sync/report.hpp"

namespace host::sync {

class LoadRecord {
 public:
  explicit LoadRecord(postgres::Connection& staging) : staging_(staging) {}

  // Begins one for a run whose load would be the same as another's with the same fingerprint.
  void begin(const std::string& fingerprint);
  // Nothing: there is none.
  std::optional<std::string> fingerprint();
  void add(const TableReport& report);
  // By table of the plan; empty for those that have not arrived.
  std::vector<std::optional<TableReport>> read(const Plan& plan);
  // Tables that have arrived, as far as this object was told.
  std::size_t count() const { return count_; }
  // In the transaction that completes the load: its tables go, so that nothing of it is published,
  // and until then the comment of the database tells the same.
  void set_aside();
  // Makes the tables anew of such a comment, if there is one.
  void take_up();

 private:
  postgres::Connection& staging_;
  std::size_t count_ = 0;
};

}  // namespace host::sync
