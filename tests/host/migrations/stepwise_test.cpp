// SPDX-License-Identifier: MIT
// Migrations without a transaction: journal, probes and what comes after a crash.
#include <boost/test/unit_test.hpp>

#include "tests/host/migrations/world.hpp"

using host::test::World;

namespace {

constexpr const char* index_file =
    "-- transaction: off\nINSERT INTO a VALUES (1);\nCREATE INDEX CONCURRENTLY a_id ON a (id);\n";

void begun(World& world) {
  world.migration("1_a", "CREATE TABLE a (id int);", "DROP TABLE a;");
  world.migration("2_index", index_file, "DROP INDEX a_id;");
  BOOST_REQUIRE(world.up("1").empty());
}

// As a run that was killed leaves it: statement 1 done, 2 started in a backend that is gone.
void crashed(World& world, const std::string& second) {
  world.database.connect()->execute(
      "INSERT INTO a VALUES (1);"
      "INSERT INTO confiture.run_step (version, direction, statement, statement_sha256, state, "
      "backend_pid, backend_start) SELECT '2', 'up', n, encode(sha256(convert_to(t, 'UTF8')), "
      "'hex'), s, 1, now() FROM (VALUES (1, 'INSERT INTO a VALUES (1)', 'done'), (2, '" +
      second + "', 'started')) v(n, t, s)");
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(stepwise_migrations, World)

BOOST_AUTO_TEST_CASE(run_and_leave_an_empty_journal) {
  begun(*this);
  BOOST_TEST(up() == "");
  BOOST_TEST(applied() == "1_a 2_index ");
  BOOST_TEST(ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass") == "t");
  BOOST_TEST(ask("SELECT count(*) FROM confiture.run_step") == "0");
}

BOOST_AUTO_TEST_CASE(go_on_where_they_stopped) {
  begun(*this);
  crashed(*this, "CREATE INDEX CONCURRENTLY a_id ON a (id)");
  BOOST_TEST(up() == "");
  BOOST_TEST(ask("SELECT count(*) FROM a") == "1");
  BOOST_TEST(messages.back() == "migration '2_index', statement 2: index 'a_id' is not there");
  BOOST_TEST(applied() == "1_a 2_index ");
}

BOOST_AUTO_TEST_CASE(take_a_finished_index_as_done_and_an_invalid_one_as_not) {
  begun(*this);
  crashed(*this, "CREATE INDEX CONCURRENTLY a_id ON a (id)");
  database.connect()->execute(
      "CREATE INDEX a_id ON a (id);"
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'a_id'::regclass");
  BOOST_TEST(up() == "");
  BOOST_TEST(messages.back() == "migration '2_index', statement 2: index 'a_id' is invalid");
  BOOST_TEST(ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass") == "t");
}

BOOST_AUTO_TEST_CASE(an_index_that_fails_leaves_no_invalid_one) {
  begun(*this);
  database.connect()->execute("INSERT INTO a VALUES (1)");
  write(
      "2_index.up.sql",
      "-- transaction: off\nINSERT INTO a VALUES (1);\nCREATE UNIQUE INDEX CONCURRENTLY a_id ON a "
      "(id);\n");
  BOOST_TEST(
      up() ==
      "migration.failed 4: db/migrations/2_index.up.sql:3:1: migration '2_index', statement 2 "
      "(CREATE INDEX): could not create unique index \"a_id\" (SQLSTATE 23505) [1 of 2 "
      "statements are done and stay so; confiture migrate up goes on there]");
  BOOST_TEST(!has("a_id"));
  write("2_index.up.sql",
        "-- transaction: off\nINSERT INTO a VALUES (2);\nCREATE INDEX CONCURRENTLY a_id ON a "
        "(id);\n");
  BOOST_TEST(up() ==
             "migration.edited 1: db/migrations/2_index.up.sql:2:1: statement 1 of migration "
             "'2_index' was edited after it had run [restore it: only statements that have not run "
             "may change]");
  write("2_index.up.sql", index_file);
  BOOST_TEST(up() == "");
  BOOST_TEST(ask("SELECT count(*) FROM a") == "2");
}

BOOST_AUTO_TEST_CASE(what_the_catalog_cannot_tell_is_asked) {
  begun(*this);
  crashed(*this, "DO $$BEGIN END$$");
  write("2_index.up.sql", "-- transaction: off\nINSERT INTO a VALUES (1);\nDO $$BEGIN END$$;\n");
  BOOST_TEST(
      up() ==
      "migration.unfinished 4: db/migrations/2_index.up.sql:3:1: statement 2 (DO) of "
      "migration '2_index' was started, and whether it took effect is not known [look at the "
      "database; then confiture migrate resume --mark-done if it did, --retry to run it "
      "again, --abandon to give the migration up]");
  BOOST_TEST(down() ==
             "migration.unfinished 4: migration '2_index' stopped half-way up [finish it first: "
             "confiture migrate resume]");
}

BOOST_AUTO_TEST_SUITE_END()
