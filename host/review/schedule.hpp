// SPDX-License-Identifier: MIT
// When approved plans run: confiture.schedule, a row a plan, which workers claim one at a time.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/foundation/error.hpp"
#include "host/postgres/connection.hpp"
#include "host/review/window.hpp"

namespace host::review {

// Moments are in UTC, "2026-11-29T01:00:00.000Z".
struct Appointment {
  std::string id, plan, environment;
  std::string not_before, not_after;
  std::string window;  // as it was asked for, or empty
  std::string state;   // scheduled, claimed, done, failed, missed, cancelled
  std::string created_by, detail;
  bool late = false;                  // what it takes would not be over by not_after
  std::chrono::milliseconds takes{};  // as it was estimated; 0: nobody has said
  bool moves = false;                 // missed, it waits for the window to open again
};

// [serial], as the connection that it stands on.
class Schedule {
 public:
  // `worker`: as whom it claims.
  explicit Schedule(postgres::Connection& connection, std::string worker = {})
      : connection_(connection), worker_(std::move(worker)) {}

  // Whether it is there; adds to one that an earlier confiture has made what that knew nothing of.
  bool exists();
  void open();  // makes the table where it is missing

  // `not_before` and `not_after` as SQL reads a timestamptz. Throws schedule.bad_time for what is
  // none, without a zone, over already, or not in this order.
  Appointment add(const std::string& plan, const std::string& environment,
                  const std::string& not_before, const std::string& not_after,
                  const std::string& window, std::chrono::milliseconds takes = {},
                  bool moves = false);
  std::vector<Appointment> list(const std::string& environment, bool all);
  // Throws schedule.no_entry where nothing of that id waits.
  Appointment cancel(const std::string& id, const std::string& environment);

  // The first that is due, marked as ours for a minute; one that its worker left, too. The lock of
  // the run says whether that worker is still at it. Nothing where none is due.
  std::optional<Appointment> claim(const std::string& environment);
  // All of these concern what this object has claimed, as long as no other worker has it since.
  void renew(const std::string& id);    // for a minute more
  void release(const std::string& id);  // back to `scheduled`
  // Whether it was still ours.
  bool finish(const std::string& id, const std::string& state, const std::string& detail);
  // Those of which people are to be reminded now, so long before they begin, and have not been for
  // that yet; marks them. However many reminders are due of one, it is one.
  std::vector<Appointment> due_reminders(const std::string& environment,
                                         std::span<const std::chrono::milliseconds> before);
  // What is ours and was missed waits for another time.
  Appointment move(const std::string& id, const Opening& opening);

 private:
  // Of one entry; throws `otherwise` where the condition lets none through.
  Appointment change(std::string_view assignments, std::span<const postgres::Parameter> parameters,
                     const Error& otherwise);
  std::vector<Appointment> read(const std::string& sql,
                                std::span<const postgres::Parameter> parameters);
  postgres::Connection& connection_;
  std::string worker_;
};

}  // namespace host::review
