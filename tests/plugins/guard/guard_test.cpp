// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/plugins/support/actions.hpp"

using namespace test;

namespace {

constexpr const char* clock_query =
    "SELECT pg_catalog.date_part('isodow', t)::int4, "
    "(pg_catalog.date_part('hour', t) * 60 + pg_catalog.date_part('minute', t))::int4, "
    "pg_catalog.to_char(t, 'Dy HH24:MI') "
    "FROM (SELECT pg_catalog.clock_timestamp() AT TIME ZONE $1) AS here (t)";
constexpr const char* member_query =
    "SELECT FROM pg_catalog.pg_roles "
    "WHERE rolname = $1 AND pg_catalog.pg_has_role(oid, 'MEMBER')";

std::string run(testing::Host& host, const char* id, const std::string& parameters) {
  return refusal([&] { testing::Action(host, subject(id), parameters).run(applied()); });
}

// Whether a window is open on a day, 1 to 7 from Monday, at "HH:MM".
bool is_open(const std::string& window, int day, const std::string& time) {
  testing::Host host;
  const int minute = std::stoi(time.substr(0, 2)) * 60 + std::stoi(time.substr(3));
  host.answers[clock_query] = {{"day", "minute", "shown"},
                               {{std::to_string(day), std::to_string(minute), "Xxx " + time}}};
  const std::string refused = run(host, "guard.window", "{" + window + ", zone: Europe/Paris}");
  BOOST_TEST(*host.queries.at(0).parameters.at(0) == "Europe/Paris");
  BOOST_TEST((refused.empty() || refused.find("it is Xxx " + time + " in Europe/Paris") == 0));
  return refused.empty();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(guard)

BOOST_AUTO_TEST_CASE(some_environments_are_let_in) {
  testing::Host host;
  BOOST_TEST(run(host, "guard.environment", "{only: [staging, production]}") == "");
  BOOST_TEST(run(host, "guard.environment", "{only: local}") ==
             "environment 'production' is not one of those in which this may run: 'local'");
  BOOST_TEST(run(host, "guard.environment", "{only: [a, b, c]}") ==
             "environment 'production' is not one of those in which this may run: 'a', 'b' or 'c'");
}

BOOST_AUTO_TEST_CASE(the_role_is_the_one_that_statements_run_as) {
  testing::Host host;
  host.answers["SELECT current_user"] = {{"current_user"}, {{"ada"}}};
  BOOST_TEST(run(host, "guard.require_role", "{role: [owner, ada]}") == "");
  const std::string hint =
      " [connect as that role, or set it for the login role: ALTER ROLE ... SET role]";
  BOOST_TEST(run(host, "guard.require_role", "{role: owner}") ==
             "the database is used as role 'ada', not as 'owner'" + hint);
  host.answers[member_query] = {};
  BOOST_TEST(run(host, "guard.require_role", "{role: [owner, dba], members: true}") ==
             "the database is used as role 'ada', not as a member of 'owner' or 'dba'" + hint);
  host.answers[member_query] = {{}, {{}}};
  BOOST_TEST(run(host, "guard.require_role", "{role: owner, members: true}") == "");
}

BOOST_AUTO_TEST_CASE(a_window_of_one_day) {
  const std::string window = "from: \"09:30\", to: \"17:00\", days: [monday, wednesday]";
  BOOST_TEST(!is_open(window, 1, "09:29"));
  BOOST_TEST(is_open(window, 1, "09:30"));
  BOOST_TEST(is_open(window, 3, "16:59"));
  BOOST_TEST(!is_open(window, 3, "17:00"));
  BOOST_TEST(!is_open(window, 2, "12:00"));
}

BOOST_AUTO_TEST_CASE(a_window_past_midnight_belongs_to_the_day_on_which_it_opens) {
  const std::string window = "from: \"22:00\", to: \"04:00\", days: sunday";
  BOOST_TEST(!is_open(window, 7, "21:59"));
  BOOST_TEST(is_open(window, 7, "22:00"));
  BOOST_TEST(is_open(window, 1, "03:59"));
  BOOST_TEST(!is_open(window, 1, "04:00"));
  BOOST_TEST(!is_open(window, 7, "03:00"));
}

BOOST_AUTO_TEST_CASE(a_window_all_day) {
  const std::string window = "from: \"00:00\", to: \"24:00\", days: saturday";
  BOOST_TEST(is_open(window, 6, "00:00"));
  BOOST_TEST(is_open(window, 6, "23:59"));
  BOOST_TEST(!is_open(window, 7, "00:00"));
}

BOOST_AUTO_TEST_CASE(the_message_says_when) {
  testing::Host host;
  host.answers[clock_query] = {{"day", "minute", "shown"}, {{"5", "1350", "Fri 22:30"}}};
  BOOST_TEST(run(host, "guard.window",
                 "{from: \"22:00\", to: \"04:00\", zone: Europe/Paris, days: [monday, tuesday, "
                 "sunday]}") ==
             "it is Fri 22:30 in Europe/Paris; the maintenance window is 22:00 to 04:00 on monday, "
             "tuesday and sunday [wait for it, or change the hook's `with:`]");
}

BOOST_AUTO_TEST_CASE(times_are_times) {
  testing::Host host;
  const auto made = [&](const std::string& from, const std::string& to) {
    return run(host, "guard.window", "{from: \"" + from + "\", to: \"" + to + "\", zone: UTC}");
  };
  const std::string hint = " is not a time [write hours and minutes: \"22:00\"]";
  BOOST_TEST(made("24:01", "01:00") == "`from`" + hint);
  BOOST_TEST(made("01:00", "12:60") == "`to`" + hint);
  BOOST_TEST(made("1a:00", "12:00") == "`from`" + hint);
  BOOST_TEST(made("12:00", "12:00") ==
             "`from` and `to` are the same time [for a whole day: from \"00:00\" to \"24:00\"]");
}

BOOST_AUTO_TEST_CASE(the_linter_is_a_gate) {
  testing::Host host;
  BOOST_TEST(run(host, "guard.lint", "{}") == "");
  host.judged = {{"safety.drop_table", "rows are lost", CONFITURE_SEVERITY_ERROR, "a.up.sql", 3, 5},
                 {"naming.table_case", "upper case", CONFITURE_SEVERITY_WARNING, "a.up.sql", 7, 1}};
  BOOST_TEST(run(host, "guard.lint", "{}") ==
             "1 finding of severity 'error' or above in the migration [mend the statements; "
             "confiture lint shows how]");
  BOOST_REQUIRE(host.log.size() == 2u);
  BOOST_TEST(host.log[0].text == "a.up.sql:3:5: error[safety.drop_table]: rows are lost");
  BOOST_TEST(host.log[0].level == std::int32_t{CONFITURE_LOG_WARN});
  BOOST_TEST(host.log[1].text == "a.up.sql:7:1: warning[naming.table_case]: upper case");
  BOOST_TEST(host.log[1].level == std::int32_t{CONFITURE_LOG_DEBUG});
  BOOST_TEST(host.metadata["lint.findings"] == "2");
  BOOST_TEST(run(host, "guard.lint", "{fail_level: warning}") ==
             "2 findings of severity 'warning' or above in the migration [mend the statements; "
             "confiture lint shows how]");
  BOOST_TEST(run(host, "guard.lint", "{fail_level: critical}") == "");
}

BOOST_AUTO_TEST_SUITE_END()
