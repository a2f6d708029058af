// SPDX-License-Identifier: MIT
// Plans that are executed and rolled back: what is seen of them, and that nothing stays.
#include <boost/test/unit_test.hpp>

#include "host/foundation/text.hpp"
#include "tests/host/migrations/world.hpp"

using host::test::World;

namespace {

struct Rehearsed : World {
  Rehearsed() {
    migration("1_base",
              "CREATE TABLE a (id int PRIMARY KEY, n int); CREATE INDEX a_n ON a (n);"
              "CREATE TABLE b (id int); INSERT INTO a VALUES (1, 1);",
              "SELECT 1;");
    BOOST_REQUIRE(up().empty());
  }
  // What was seen of each statement of a step: "lock ..; rewrites ..; scans ..", or why it was not.
  std::string seen(std::size_t step) {
    std::string text;
    for (const host::migrations::Trial& trial : rehearsal.steps.at(step)) {
      const host::migrations::Observation& what = trial.observation;
      std::string line = trial.executed ? "" : "- " + trial.why;
      for (const auto& lock : what.locks) line += lock.relation + " " + lock.mode + ", ";
      const auto add = [&](const char* verb, const std::vector<std::string>& names) {
        if (!names.empty()) line += verb + host::join_words(names) + ", ";
      };
      add("rewrites ", what.rewritten);
      add("rebuilds ", what.rebuilt);
      add("scans ", what.scanned);
      text += line + "\n";
    }
    return text;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(migration_rehearsal, Rehearsed)

BOOST_AUTO_TEST_CASE(locks_rewrites_and_scans_are_the_real_ones) {
  mode = Mode::rehearse;
  migration("2_b",
            "CREATE TABLE c (id int);\nALTER TABLE b ADD COLUMN x int;\n"
            "CREATE INDEX b_id ON a (n);\nALTER TABLE a ALTER COLUMN n TYPE bigint;\n"
            "REINDEX INDEX a_pkey;\n",
            "SELECT 1;");
  BOOST_TEST(up() == "");
  BOOST_TEST(seen(0) ==
             "\n"
             "public.b ACCESS EXCLUSIVE, \n"
             "public.a SHARE, scans public.a, \n"
             "public.a ACCESS EXCLUSIVE, public.a_n ACCESS EXCLUSIVE, public.a_pkey ACCESS "
             "EXCLUSIVE, rewrites public.a, scans public.a, \n"
             "rebuilds public.a_pkey, scans public.a, \n");
  BOOST_TEST(!has("c"));
  BOOST_TEST(applied() == "1_base ");
  BOOST_TEST(ask("SELECT count(*) FROM confiture.run") == "1");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_tried_is_said) {
  mode = Mode::rehearse;
  write("2_b.up.sql",
        "-- transaction: off\nCREATE INDEX CONCURRENTLY i ON a (n);\nINSERT INTO b VALUES (1);\n");
  write("3_c.up.sql", "CREATE TYPE mood AS ENUM ('sad');\n");
  write("4_d.up.sql", "ALTER TYPE mood ADD VALUE 'ok';\nALTER TABLE b ADD m mood;\n");
  write("5_e.up.sql", "SET search_path = nowhere;\n");
  write("6_f.up.sql", "-- transaction: off\nDO $$BEGIN COMMIT; END$$;\nSELECT 1;\n");
  write("7_g.up.sql", "SELECT 1;\n");
  BOOST_TEST(up() == "");
  BOOST_TEST(seen(0) ==
             "- CREATE INDEX CONCURRENTLY cannot run in a transaction\npublic.b ROW EXCLUSIVE, \n");
  BOOST_TEST(seen(2) == "\npublic.b ACCESS EXCLUSIVE, \n");
  BOOST_TEST(seen(4) ==
             "- it commits by itself\n- statement 1 (DO) of migration '6_f' could not be tried\n");
  BOOST_TEST(seen(5) == "- statement 1 (DO) of migration '6_f' could not be tried\n");
  BOOST_TEST(rehearsal.not_executed() == 4u);
}

BOOST_AUTO_TEST_CASE(a_failure_is_the_failure_of_the_plan) {
  mode = Mode::rehearse;
  write("2_b.up.sql", "ALTER TABLE b ADD COLUMN id int;\n");
  BOOST_TEST(
      up() ==
      "migration.failed 4: db/migrations/2_b.up.sql:1:1: migration '2_b', statement 1 (ALTER "
      "TABLE): column \"id\" of relation \"b\" already exists (SQLSTATE 42701)");
  write("2_b.up.sql", "ALTER TABLE b ADD COLUMN x int;\n");
  write("2_b.verify.sql", "SELECT false;\n");
  BOOST_TEST(up() ==
             "migration.verify_failed 1: db/migrations/2_b.verify.sql:1:1: the check of migration "
             "'2_b' does not hold: statement 1 gave false");
}

BOOST_AUTO_TEST_CASE(hooks_inside_run_and_those_outside_do_not) {
  mode = Mode::rehearse;
  write("2_b.up.sql", "CREATE TABLE c (id int);\n");
  std::string in_transaction;
  const auto look = [&](const confiture_event& event) {
    in_transaction += event.in_transaction != 0 ? "in " : "out ";
    return std::string();
  };
  actions.hook(CONFITURE_PHASE_PRE_EXECUTE, "inside", look);
  actions.hook(CONFITURE_PHASE_POST_EXECUTE, "outside", look, CONFITURE_ACTION_OUTSIDE);
  actions.hook(CONFITURE_PHASE_POST_COMPLETE, "late", look);
  BOOST_TEST(up() == "");
  BOOST_TEST(in_transaction == "in ");
}

BOOST_AUTO_TEST_SUITE_END()
