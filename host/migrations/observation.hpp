// SPDX-License-Identifier: MIT
// What statements really do to the tables that were there before them: the locks they take, what
// they rewrite, what they scan. Seen from inside the transaction that runs them.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/postgres/connection.hpp"

namespace host::migrations {

struct HeldLock {
  std::string relation;  // as SQL writes it
  std::string mode;      // ACCESS EXCLUSIVE
};

struct Observation {
  std::vector<HeldLock> locks;         // new ones, the strongest of each relation; strongest first
  int rank_before = 0;                 // of the strongest that was held already
  std::vector<std::string> rewritten;  // tables and materialized views in new files
  std::vector<std::string> rebuilt;    // indexes in new files, where their table is not
  std::vector<std::string> scanned;    // tables read from one end to the other
};

// From ACCESS SHARE, 1, to ACCESS EXCLUSIVE, 8; 0: no such mode.
int lock_rank(std::string_view mode);
// "AccessExclusiveLock", as pg_locks has it, as SQL writes it.
std::string_view sql_lock_mode(const std::string& catalog);

// Of the relations outside the system's schemas and confiture's own.
class Observer {
 public:
  // The transaction is open.
  explicit Observer(postgres::Connection& connection);
  // What has changed since the last call. A lock that was held already is not new.
  Observation look();

 private:
  struct Relation {
    std::string name, table;  // of an index
    char kind = 'r';
    std::string file;
    std::int64_t scans = 0;
  };
  using Relations = std::map<std::string, Relation>;  // by oid
  Relations read_relations();
  void note_locks(Observation& seen);

  postgres::Connection& connection_;
  Relations first_, last_;
  std::set<std::pair<std::string, std::string>> locks_;  // oid, mode
  int rank_ = 0;                                         // of the strongest of them
};

}  // namespace host::migrations
