// SPDX-License-Identifier: MIT
// Who runs what, where, and how it ended: confiture.run, one row a run that changes something. Its
// id is also in the names of the run's sessions, `confiture/ID`, so that whoever finds one in
// pg_stat_activity, or waits for its lock, can look up what it is.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "host/audit/trail.hpp"
#include "host/config/review.hpp"
#include "host/postgres/advisory_lock.hpp"
#include "host/postgres/connection.hpp"

namespace host::migrations {

enum class Outcome { done, failed, interrupted, stopped };

class RunRecord {
 public:
  // `command` as it was typed, without options that hold values: "migrate up". Writes nothing yet.
  RunRecord(std::string command, const std::string& environment);

  const std::string& id() const { return id_; }  // 16 hexadecimal digits, random
  std::string application_name() const { return "confiture/" + id_; }
  bool begun() const { return begun_; }
  // Writes the audit of the run; the plan's hash is that of the plan that is begun.
  audit::Trail& trail() { return trail_; }

  // The row, once, outside a transaction; the ledger is there. Rows of runs that never ended are
  // marked as cut off: whoever holds the lock is the only one.
  void begin(postgres::Connection& side, const std::string& plan_hash,
             const config::Review& review);
  // How it ended, with what the audit has to know beside it; `also`: statements of the same
  // transaction. Does nothing for one that has not begun or has ended, and never throws: a failure
  // to note a failure must not hide it. Whether it is noted.
  bool finish(postgres::Connection& side, Outcome outcome, std::string_view detail = {},
              boost::json::object facts = {}, std::string_view also = {}) noexcept;

 private:
  std::string id_, command_;
  audit::Trail trail_;
  bool begun_ = false, finished_ = false;
};

// ", running 'migrate up' on host 'web-1' (pid 77)", or nothing where the run has not written its
// row, or is none of confiture's.
std::string describe_run(postgres::Connection& connection, const postgres::LockHolder& holder);

}  // namespace host::migrations
