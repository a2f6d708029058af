// SPDX-License-Identifier: MIT
// What a run leaves behind about itself, and what others see of it while it goes on.
#include <boost/test/unit_test.hpp>

#include "host/foundation/text.hpp"
#include "tests/host/migrations/world.hpp"

using host::test::World;

namespace {

struct Recorded : World {
  std::string runs() {
    return ask(
        "SELECT string_agg(concat_ws(' ', command, outcome, detail), '; ' ORDER BY "
        "started_at) FROM confiture.run");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(migration_records, Recorded)

BOOST_AUTO_TEST_CASE(a_run_is_written_down_with_its_end) {
  migration("1_a", "CREATE TABLE a (id int);", "DROP TABLE a;");
  BOOST_TEST(up() == "");
  BOOST_TEST(ask("SELECT host = '' OR pid <> pg_backend_pid() AND length(plan_hash) = 64 AND "
                 "started_by = session_user AND finished_at > started_at FROM confiture.run") ==
             "t");
  write("2_b.up.sql", "SELECT nope;");
  BOOST_TEST(up() != "");
  write("2_b.up.sql", "SELECT 1;");
  actions.hook(CONFITURE_PHASE_PRE_EXECUTE, "stops", [this](const confiture_event&) {
    cancellation.request();
    return std::string();
  });
  BOOST_TEST(up() != "");
  BOOST_TEST(
      runs() ==
      "migrate test done; migrate test failed migration.failed: migration '2_b', statement 1 "
      "(SELECT): column \"nope\" does not exist (SQLSTATE 42703); migrate test interrupted "
      "interrupted: migration '2_b' was rolled back");
}

BOOST_AUTO_TEST_CASE(every_way_there_and_back_is_kept) {
  migration("1_a", "CREATE TABLE a (id int);", "DROP TABLE a;");
  BOOST_TEST(up() == "");
  BOOST_TEST(down() == "");
  BOOST_TEST(ask("SELECT string_agg(version || ' ' || name || ' ' || direction, '; ' ORDER BY "
                 "m.finished_at) FROM confiture.run_migration m JOIN confiture.run USING (run)") ==
             "1 a up; 1 a down");
}

BOOST_AUTO_TEST_CASE(a_run_that_never_ended_is_noted_by_the_next) {
  migration("1_a", "CREATE TABLE a (id int);", "DROP TABLE a;");
  BOOST_TEST(up() == "");
  database.connect()->execute(
      "UPDATE confiture.run SET outcome = NULL, finished_at = NULL, command = 'migrate lost'");
  BOOST_TEST(down() == "");
  BOOST_TEST(runs() == "migrate lost cut off; migrate test done");
  BOOST_TEST(ask("SELECT count(*) FROM confiture.run WHERE finished_at IS NULL") == "1");
}

BOOST_AUTO_TEST_CASE(its_sessions_have_its_name) {
  migration("1_a", "SET application_name = 'mine';", "SELECT 1;");
  migration("2_b", "SELECT 1;", "SELECT 1;");
  std::string seen;
  actions.hook(CONFITURE_PHASE_POST_EXECUTE, "looks", [&](const confiture_event&) {
    seen += ask("SELECT count(*) FROM pg_stat_activity JOIN confiture.run "
                "ON application_name = 'confiture/' || run WHERE datname = current_database()") +
            " ";
    return std::string();
  });
  BOOST_TEST(up() == "");
  BOOST_TEST(seen == "1 2 ");
}

BOOST_AUTO_TEST_CASE(who_waits_is_told_what_holds_the_lock) {
  migration("1_a", "CREATE TABLE a (id int);", "DROP TABLE a;");
  World other;
  std::string said;
  actions.hook(CONFITURE_PHASE_POST_EXECUTE, "waits", [&](const confiture_event&) {
    const auto connection = database.connect(), side = database.connect();
    host::extensions::Session session;
    host::hooks::Runner runner({}, session, {"test", database.name(), {}});
    host::migrations::Run run(
        *connection, *side, runner,
        {project, environment, cancellation, std::chrono::milliseconds(0), {}, {}, {}, {}});
    said = host::test::refusal([&] { run.prepare_up({}); });
    return std::string();
  });
  BOOST_TEST(up() == "");
  const std::string run = ask("SELECT run FROM confiture.run");
  const std::string where =
      ask("SELECT ', running ''migrate test'' on host ''' || host || ''' (pid ' || pid || ')' "
          "FROM confiture.run");
  BOOST_TEST(said.starts_with("postgres.locked 6: the lock 'confiture.history' is held by another "
                              "run: pid "),
             said);
  BOOST_TEST(
      said.find(", application 'confiture/" + run + "', user 'postgres'") != std::string::npos,
      said);
  BOOST_TEST(said.find(where + " [waited 0s;") != std::string::npos, said);
}

BOOST_AUTO_TEST_SUITE_END()
