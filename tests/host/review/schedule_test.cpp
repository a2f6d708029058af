// SPDX-License-Identifier: MIT
// Windows across changes of the clocks, and appointments that one worker gets.
#include "host/review/schedule.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <chrono>

#include "host/review/window.hpp"
#include "tests/host/postgres/database.hpp"
#include "tests/support/refusal.hpp"

namespace host::review {
namespace {

using host::test::refusal;

struct Server {
  host::test::TestDatabase database;
  std::unique_ptr<postgres::Connection> connection = database.connect();
  std::string opens(const std::string& window, const std::string& now) {
    const Opening opening = next_opening(*connection, parse_window(window), now);
    return opening.not_before + " to " + opening.not_after;
  }
};

BOOST_AUTO_TEST_SUITE(windows)

BOOST_AUTO_TEST_CASE(a_window_is_days_times_and_a_zone) {
  const Window window = parse_window("sat,Sunday  22:00-04:00 Europe/Paris");
  BOOST_TEST(window.days == (std::vector<int>{6, 7}), boost::test_tools::per_element());
  BOOST_TEST((window.from == "22:00" && window.to == "04:00" && window.zone == "Europe/Paris"));
  BOOST_TEST(parse_window("00:00-23:59 UTC").days.size() == 7u);
  const auto refused = [](const std::string& text) { return refusal([&] { parse_window(text); }); };
  const std::string hint = " [write days, times and a zone: \"Sat,Sun 02:00-04:00 Europe/Paris\"]";
  BOOST_TEST(refused("02:00-04:00") ==
             "schedule.bad_window 2: '02:00-04:00' is no window: it takes two or three words" +
                 hint);
  BOOST_TEST(refused("Sox 02:00-04:00 UTC") ==
             "schedule.bad_window 2: 'Sox 02:00-04:00 UTC' is no window: 'Sox' is no day" + hint);
  for (const char* times :
       {"24:00-04:00", "02:60-04:00", "2:00-04:00", "02:00/04:00", "aa:00-04:00"})
    BOOST_TEST(refused(std::string(times) + " UTC") ==
               "schedule.bad_window 2: '" + std::string(times) + " UTC' is no window: '" + times +
                   "' are no times" + hint);
  BOOST_TEST(refused("02:00-02:00 UTC") ==
             "schedule.bad_window 2: '02:00-02:00 UTC' is no window: "
             "it ends when it begins" +
                 hint);
}

BOOST_FIXTURE_TEST_CASE(it_opens_when_the_zone_says, Server) {
  // A Monday.
  BOOST_TEST(opens("Sun 02:00-04:00 Europe/Paris", "2026-11-23T10:00:00Z") ==
             "2026-11-29T01:00:00.000Z to 2026-11-29T03:00:00.000Z");
  BOOST_TEST(opens("Sun 02:00-04:00 Europe/Paris", "2026-07-06T10:00:00Z") ==
             "2026-07-12T00:00:00.000Z to 2026-07-12T02:00:00.000Z");
  BOOST_TEST(opens("22:00-04:00 UTC", "2026-11-23T01:00:00Z") ==  // open since yesterday
             "2026-11-22T22:00:00.000Z to 2026-11-23T04:00:00.000Z");
  BOOST_TEST(opens("22:00-04:00 UTC", "2026-11-23T04:00:00Z") ==
             "2026-11-23T22:00:00.000Z to 2026-11-24T04:00:00.000Z");
  BOOST_TEST(opens("Mon 00:00-01:00 Pacific/Kiritimati", "2026-11-22T08:00:00Z") ==
             "2026-11-22T10:00:00.000Z to 2026-11-22T11:00:00.000Z");
}

BOOST_FIXTURE_TEST_CASE(a_night_whose_hour_is_skipped_is_left_out, Server) {
  // On 28 March 2027 in Paris, 02:00 is followed by 03:00.
  BOOST_TEST(opens("Sun 02:30-04:00 Europe/Paris", "2027-03-27T12:00:00Z") ==
             "2027-04-04T00:30:00.000Z to 2027-04-04T02:00:00.000Z");
  BOOST_TEST(opens("Sun 01:30-02:30 Europe/Paris", "2027-03-27T12:00:00Z") ==
             "2027-03-28T00:30:00.000Z to 2027-03-28T01:30:00.000Z");
}

BOOST_FIXTURE_TEST_CASE(of_an_hour_that_comes_twice_the_first_counts, Server) {
  // On 25 October 2026 in Paris, 03:00 is 02:00 once more; on Lord Howe it is half an hour, in
  // April.
  BOOST_TEST(opens("Sun 02:30-04:00 Europe/Paris", "2026-10-24T12:00:00Z") ==
             "2026-10-25T00:30:00.000Z to 2026-10-25T03:00:00.000Z");
  BOOST_TEST(opens("Sun 01:45-03:00 Australia/Lord_Howe", "2027-04-03T00:00:00Z") ==
             "2027-04-03T14:45:00.000Z to 2027-04-03T16:30:00.000Z");
}

BOOST_FIXTURE_TEST_CASE(an_unknown_zone_is_refused, Server) {
  BOOST_TEST(refusal([&] { opens("02:00-04:00 Europe/Pariss", ""); }) ==
             "schedule.bad_window 2: 'Europe/Pariss' is no window: the server knows no such time "
             "zone [write days, times and a zone: \"Sat,Sun 02:00-04:00 Europe/Paris\"]");
}

BOOST_AUTO_TEST_SUITE_END()

struct Appointments : Server {
  Appointments() {
    connection->execute("CREATE SCHEMA confiture");
    schedule.open();
    schedule.open();
  }
  Appointment add(const std::string& plan, const std::string& from = "2026-01-01T00:00:00Z",
                  const std::string& to = "9998-01-01T00:00:00+01:00") {
    return schedule.add(plan, "production", from, to, "");
  }
  std::string state(const std::string& id) {
    const postgres::Parameter number = id;
    return connection
        ->query("SELECT state FROM confiture.schedule WHERE id::text = $1", {&number, 1})
        .text(0, 0);
  }
  Schedule schedule{*connection, "w"};
};

BOOST_FIXTURE_TEST_SUITE(appointments, Appointments)

BOOST_AUTO_TEST_CASE(what_is_due_is_claimed_once_and_in_order) {
  const Appointment second = add("b", "2026-01-02T00:00:00Z"), first = add("a");
  const Appointment later = add("c", "9997-01-01T00:00:00Z");
  BOOST_TEST(first.not_after == "9997-12-31T23:00:00.000Z");
  Schedule other(*connection, "v");
  BOOST_TEST(schedule.claim("staging").has_value() == false);
  BOOST_TEST(schedule.claim("production")->id == first.id);
  BOOST_TEST(other.claim("production")->id == second.id);
  BOOST_TEST(schedule.claim("production").has_value() == false);
  BOOST_TEST(state(later.id) == "scheduled");
}

BOOST_AUTO_TEST_CASE(a_claim_skips_what_another_is_claiming) {
  const Appointment first = add("a"), second = add("b", "2026-01-02T00:00:00Z");
  const auto elsewhere = database.connect();
  elsewhere->execute("BEGIN");
  BOOST_TEST(Schedule(*elsewhere, "v").claim("production")->id == first.id);
  BOOST_TEST(schedule.claim("production")->id == second.id);
  elsewhere->execute("ROLLBACK");
}

BOOST_AUTO_TEST_CASE(what_its_worker_left_is_claimed_again_when_its_lease_is_over) {
  const Appointment entry = add("a");
  BOOST_TEST(schedule.claim("production")->id == entry.id);
  Schedule other(*connection, "v");
  const auto run_out = [&] {
    connection->execute(
        "UPDATE confiture.schedule SET lease = clock_timestamp() - interval '1 second'");
  };
  BOOST_TEST(other.claim("production").has_value() == false);
  run_out();
  schedule.renew(entry.id);
  BOOST_TEST(other.claim("production").has_value() == false);
  run_out();
  BOOST_TEST(other.claim("production")->id == entry.id);
  // The first one has no say in it any more.
  run_out();
  schedule.renew(entry.id);
  BOOST_TEST(connection->query("SELECT lease < clock_timestamp() FROM confiture.schedule")
                 .boolean(0, 0));
  schedule.release(entry.id);
  BOOST_TEST(!schedule.finish(entry.id, "failed", "cut off"));
  BOOST_TEST(state(entry.id) == "claimed");
  BOOST_TEST(other.finish(entry.id, "done", ""));
  BOOST_TEST(state(entry.id) == "done");
}

BOOST_AUTO_TEST_CASE(what_is_released_is_due_again) {
  const Appointment entry = add("a");
  BOOST_TEST(schedule.claim("production")->id == entry.id);
  schedule.release(entry.id);
  BOOST_TEST(state(entry.id) == "scheduled");
}

BOOST_AUTO_TEST_CASE(what_is_late_says_so) {
  const Appointment entry = add("a");
  BOOST_TEST(!entry.late);
  connection->execute("UPDATE confiture.schedule SET not_after = '2026-01-02'");
  BOOST_TEST(schedule.claim("production")->late);
  schedule.finish(entry.id, "missed", "it was over");
  BOOST_TEST(schedule.list("production", false).empty());
  BOOST_TEST(schedule.list("production", true).at(0).detail == "it was over");
}

BOOST_AUTO_TEST_CASE(a_reminder_is_given_once_for_each_time_before) {
  using namespace std::chrono_literals;
  const std::array<std::chrono::milliseconds, 2> before{24h, 1h};
  const auto due = [&] { return schedule.due_reminders("production", before).size(); };
  const auto begins_in = [&](const std::string& interval) {
    connection->execute(
        "UPDATE confiture.schedule SET not_before = clock_timestamp() + interval '" + interval +
        "'");
  };
  add("a");
  begins_in("25 hours");
  BOOST_TEST(due() == 0u);
  begins_in("23 hours");
  BOOST_TEST(schedule.due_reminders("staging", before).empty());
  BOOST_TEST(schedule.due_reminders("production", {}).empty());
  BOOST_TEST(due() == 1u);
  BOOST_TEST(due() == 0u);
  // An hour before, though that is long after the first one.
  connection->execute(
      "UPDATE confiture.schedule SET reminded_at = clock_timestamp() - interval '23 hours'");
  begins_in("59 minutes");
  BOOST_TEST(due() == 1u);
  BOOST_TEST(due() == 0u);
  // Both at once are one.
  connection->execute("UPDATE confiture.schedule SET reminded_at = NULL");
  BOOST_TEST(due() == 1u);
  BOOST_TEST(due() == 0u);
}

BOOST_AUTO_TEST_CASE(what_was_missed_is_moved_by_who_has_it) {
  const Appointment entry = add("a");
  const Opening next{"9990-01-01T00:00:00Z", "9990-01-01T01:00:00Z"};
  BOOST_TEST(refusal([&] { schedule.move(entry.id, next); }) ==
             "schedule.no_entry 2: another worker has number '" + entry.id + "' by now");
  BOOST_TEST(schedule.claim("production")->id == entry.id);
  const Appointment moved = schedule.move(entry.id, next);
  BOOST_TEST((moved.state == "scheduled" && moved.not_before == "9990-01-01T00:00:00.000Z"));
  BOOST_TEST(!schedule.claim("production").has_value());
}

BOOST_AUTO_TEST_CASE(what_waits_can_be_cancelled_and_what_runs_cannot) {
  const Appointment entry = add("a");
  const std::string refused =
      "schedule.no_entry 2: nothing that waits in 'production' has the "
      "number '" +
      entry.id +
      "' [confiture schedule list shows what waits; "
      "what a worker has claimed goes on]";
  BOOST_TEST(schedule.cancel(entry.id, "production").state == "cancelled");
  BOOST_TEST(refusal([&] { schedule.cancel(entry.id, "production"); }) == refused);
  BOOST_TEST(add("a").state == "scheduled");  // again
}

BOOST_AUTO_TEST_CASE(a_time_that_makes_no_sense_is_refused) {
  add("a");
  const std::string hint = "write it as 2026-11-29T02:00:00Z or 2026-11-29T03:00:00+01:00";
  BOOST_TEST(refusal([&] { add("b", "2026-11-29T02:00:00"); }) ==
             "schedule.bad_time 2: '2026-11-29T02:00:00' is no moment with a zone [" + hint + "]");
  BOOST_TEST(
      refusal([&] { add("b", "9997-01-01T00:00:00Z", "9996-01-01T00:00:00Z"); }) ==
      "schedule.bad_time 2: from '9997-01-01T00:00:00Z' to '9996-01-01T00:00:00Z' is no time "
      "at all [give a moment to come, and --until one after it]");
  BOOST_TEST(refusal([&] { add("b", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"); }) ==
             "schedule.bad_time 2: from '2026-01-01T00:00:00Z' to '2026-01-02T00:00:00Z' is over "
             "already [give a moment to come, and --until one after it]");
  BOOST_TEST(refusal([&] { add("a"); }) ==
             "schedule.bad_time 2: plan a is scheduled already [confiture schedule list shows it; "
             "cancel it first]");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::review
