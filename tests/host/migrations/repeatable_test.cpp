// SPDX-License-Identifier: MIT
// Repeatable migrations and preconditions, in runs against a real server.
#include <boost/test/unit_test.hpp>

#include "tests/host/migrations/world.hpp"

using host::test::World;

BOOST_FIXTURE_TEST_SUITE(repeatable_migrations, World)

BOOST_AUTO_TEST_CASE(they_run_last_and_again_once_they_have_changed) {
  migration("1_a", "CREATE TABLE a (id int);", "DROP TABLE a CASCADE;");
  write("R_b.sql", "CREATE OR REPLACE VIEW b AS SELECT id, 2 AS n FROM v;");
  write("R_a.sql", "CREATE OR REPLACE VIEW v AS SELECT id FROM a;");
  BOOST_TEST(up("1") == "");
  BOOST_TEST(applied() == "1_a ");
  BOOST_TEST(up() == "");
  BOOST_TEST(applied() == "1_a R_a R_b ");
  const std::string when = ask("SELECT applied_at FROM confiture.history WHERE version = 'R_a'");
  write("R_b.sql", "CREATE OR REPLACE VIEW b AS SELECT id, 3 AS n FROM v;");
  BOOST_TEST(up() == "");
  BOOST_TEST(ask("SELECT pg_get_viewdef('b') LIKE '%3 AS n%'") == "t");
  BOOST_TEST(ask("SELECT applied_at FROM confiture.history WHERE version = 'R_a'") == when);
  BOOST_TEST(ask("SELECT count(*) FROM confiture.run_migration WHERE version = 'R_b'") == "2");
  // Neither a file that is gone nor a new migration before them is a problem.
  std::filesystem::remove(project.migrations_dir() / "R_b.sql");
  migration("2_c", "CREATE TABLE c (id int);", "DROP TABLE c;");
  BOOST_TEST(up() == "");
  BOOST_TEST(applied() == "1_a 2_c R_a R_b ");
  BOOST_TEST(down(2) == "");
  BOOST_TEST(applied() == "R_a R_b ");
}

BOOST_AUTO_TEST_CASE(each_is_one_transaction) {
  write("R_a.sql", "CREATE TABLE a (id int); SELECT 1 / 0;");
  BOOST_TEST(up() ==
             "migration.failed 4: db/migrations/R_a.sql:1:26: migration 'R_a', statement 2 "
             "(SELECT): division by zero (SQLSTATE 22012)");
  BOOST_TEST(!has("a"));
  write("R_a.sql", "-- transaction: off\nVACUUM;");
  BOOST_TEST(up() ==
             "migration.bad_header 5: db/migrations/R_a.sql: the repeatable migration 'a' cannot "
             "run without a transaction [make it a migration with a version]");
}

BOOST_AUTO_TEST_CASE(preconditions_are_asked_before) {
  write("1_a.up.sql", "CREATE TABLE a (id int);");
  write("2_b.up.sql",
        "-- precondition: SELECT to_regclass('a') IS NOT NULL\n"
        "-- precondition: SELECT count(*) > 0 FROM a -- it has rows\nCREATE TABLE b (id int);");
  BOOST_TEST(up() ==
             "migration.precondition 1: db/migrations/2_b.up.sql:2:18: a precondition of migration "
             "'2_b' does not hold: SELECT count(*) > 0 FROM a [nothing of it was run]");
  BOOST_TEST(applied() == "1_a ");
  database.connect()->execute("INSERT INTO a VALUES (1)");
  BOOST_TEST(up() == "");
  BOOST_TEST(applied() == "1_a 2_b ");
}

BOOST_AUTO_TEST_CASE(preconditions_cannot_write_and_are_one_select) {
  write("1_a.up.sql",
        "-- precondition: SELECT pg_catalog.set_config('a.b', nextval('s')::text, false) = '1'\n"
        "SELECT 1;");
  database.connect()->execute("CREATE SEQUENCE s");
  BOOST_TEST(up().starts_with(
      "migration.precondition 1: db/migrations/1_a.up.sql:1:18: a precondition of migration '1_a' "
      "cannot be checked: cannot execute nextval() in a read-only transaction (SQLSTATE 25006)"));
  for (const char* sql : {"DELETE FROM s", "SELECT 1; SELECT 2", "SELECT FROM FROM"}) {
    write("1_a.up.sql", "-- precondition: " + std::string(sql) + "\nSELECT 1;");
    BOOST_TEST(
        up() ==
        "migration.bad_header 5: db/migrations/1_a.up.sql:1:18: a precondition is one SELECT "
        "whose value is true [-- precondition: SELECT to_regclass('public.users') IS NOT "
        "NULL]");
  }
}

BOOST_AUTO_TEST_CASE(a_failure_is_shown_where_it_stands_in_the_file) {
  environment.variables["long"] = "a long value";
  write("1_a.up.sql", "-- variables: on\nSELECT '${long}', nope;\n");
  BOOST_TEST(up() ==
             "migration.failed 4: db/migrations/1_a.up.sql:2:19: migration '1_a', statement 1 "
             "(SELECT): column \"nope\" does not exist (SQLSTATE 42703)");
}

BOOST_AUTO_TEST_CASE(dotted_versions_are_taken_back_whatever_their_zeros) {
  write("V1.02__a.sql", "CREATE TABLE a (id int);");
  write("U1.2__a.sql", "DROP TABLE a;");
  BOOST_TEST(up("1.2.0") == "");
  BOOST_TEST(applied() == "1.02_a ");
  std::filesystem::rename(project.migrations_dir() / "V1.02__a.sql",
                          project.migrations_dir() / "V1.2.0__a.sql");
  BOOST_TEST(down() == "");
  BOOST_TEST(applied() == "");
  BOOST_TEST(!has("a"));
}

BOOST_AUTO_TEST_SUITE_END()
