// SPDX-License-Identifier: MIT
// Files that are not what they were, or come late, and the latest one redone.
#include <boost/test/unit_test.hpp>

#include "tests/host/migrations/world.hpp"

using host::test::three_tables;
using host::test::World;

BOOST_FIXTURE_TEST_SUITE(migration_standing, World)

BOOST_AUTO_TEST_CASE(an_edited_or_missing_file_stops_everything) {
  three_tables(*this);
  BOOST_TEST(up("2") == "");
  const std::string when =
      ask("SELECT to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') "
          "FROM confiture.history WHERE version = '1'");
  const std::string sum = ask("SELECT checksum FROM confiture.history WHERE version = '1'");
  write("1_a.up.sql", "CREATE TABLE a (id bigint);");
  BOOST_TEST(
      up() ==
      "migration.edited 1: db/migrations/1_a.up.sql: migration '1_a' was edited after it was "
      "applied on " +
          when + " [restore the text that was applied (its sha256 starts with " +
          sum.substr(0, 12) + "), and write the change as a new migration]");
  write("1_a.up.sql", "CREATE TABLE a (id int);");
  std::filesystem::remove(project.migrations_dir() / "2_b.up.sql");
  std::filesystem::remove(project.migrations_dir() / "2_b.down.sql");
  BOOST_TEST(up() ==
             "migration.missing 1: migration '2_b' is applied, but its file is missing [restore "
             "'db/migrations/2_b.up.sql' from version control]");
  BOOST_TEST(applied() == "1_a 2_b ");
}

BOOST_AUTO_TEST_CASE(a_late_arrival_is_refused) {
  three_tables(*this);
  BOOST_TEST(up() == "");
  write("5_late.up.sql", "SELECT 1;");
  BOOST_TEST(
      up() ==
      "migration.out_of_order 1: db/migrations/5_late.up.sql: migration '5_late' is pending, "
      "but the later '10_c' is applied already [give it a version after 10, as confiture migrate "
      "new does, or apply it as it is: confiture migrate up --allow-out-of-order]");
}

BOOST_AUTO_TEST_CASE(a_late_arrival_is_applied_where_that_is_meant) {
  three_tables(*this);
  BOOST_TEST(up() == "");
  write("5_late.up.sql", "CREATE TABLE late (id int);");
  BOOST_TEST(up() != "");
  allow_out_of_order = true;
  BOOST_TEST(up() == "");
  BOOST_TEST(applied() == "1_a 2_b 5_late 10_c ");
  allow_out_of_order = false;
  BOOST_TEST(up() == "");
  // What is late does not keep the others from being taken back.
  write("6_later.up.sql", "SELECT 1;");
  BOOST_TEST(down() == "");
  BOOST_TEST(applied() == "1_a 2_b 5_late ");
}

BOOST_AUTO_TEST_CASE(redo_takes_the_latest_back_and_applies_what_it_is_now) {
  three_tables(*this);
  BOOST_TEST(up() == "");
  write("10_c.up.sql", "CREATE TABLE c (id int, more text);");
  BOOST_TEST(down().starts_with("migration.edited 1: "));
  BOOST_TEST(go([](host::migrations::Run& run) {
               run.prepare_redo();
               const host::migrations::Version version =
                   run.plan().steps.front().migration->version;
               run.execute(0);
               run.prepare_only(version);
             }) == "");
  BOOST_TEST(applied() == "1_a 2_b 10_c ");
  BOOST_TEST(ask("SELECT count(*) FROM pg_attribute WHERE attrelid = 'c'::regclass AND attname = "
                 "'more'") == "1");
}

BOOST_AUTO_TEST_SUITE_END()
