// SPDX-License-Identifier: MIT
// Locks that others hold: the whole migration again, and who stood in the way.
#include <boost/test/unit_test.hpp>

#include "host/migrations/lock_watch.hpp"
#include "tests/host/migrations/world.hpp"

using host::test::World;

namespace {

struct Blocked : World {
  Blocked() {
    environment.lock_timeout = std::chrono::milliseconds(800);
    migration("1_a", "CREATE TABLE a (id int); CREATE TABLE b (id int);", "SELECT 1;");
    BOOST_REQUIRE(up().empty());
    migration("2_both", "ALTER TABLE b ADD x int;\nALTER TABLE a ADD x int;\n", "SELECT 1;");
    other->execute("BEGIN");
    other->execute("INSERT INTO a VALUES (4711)");
    pid = std::to_string(other->backend_pid());
  }
  // "pid ..., idle in transaction since ..., after ..."
  std::string blocker() {
    return "pid " + pid +
           " (user 'postgres', application 'confiture'), idle in transaction since " +
           ask("SELECT to_char(xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') "
               "FROM pg_stat_activity WHERE pid = " +
               pid) +
           ", after INSERT INTO a VALUES ...";
  }
  std::unique_ptr<host::postgres::Connection> other = database.connect();
  std::string pid;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(migration_retries, Blocked)

BOOST_AUTO_TEST_CASE(the_whole_transaction_is_run_again) {
  const std::string expected = blocker();
  bool free_meanwhile = false;
  on_message = [&] {
    // Nothing of the failed attempt holds a lock: another session gets at table b at once.
    database.connect()->execute("SET lock_timeout = '1ms'; LOCK TABLE b");
    free_meanwhile = true;
    other->execute("ROLLBACK");
  };
  BOOST_TEST(up() == "");
  BOOST_TEST(free_meanwhile);
  BOOST_TEST(applied() == "1_a 2_both ");
  BOOST_REQUIRE(messages.size() == 1u);
  const std::string told = messages.front().substr(0, messages.front().rfind(" in "));
  BOOST_TEST(told == "migration '2_both': a lock was not to be had in 800ms; in the way: " +
                         expected + "; attempt 2 follows");
}

BOOST_AUTO_TEST_CASE(it_ends_with_the_patience_of_the_environment) {
  environment.lock_retry = std::chrono::milliseconds(0);
  const std::string expected = blocker();
  BOOST_TEST(up() ==
             "migration.failed 4: db/migrations/2_both.up.sql:2:1: migration '2_both', statement 2 "
             "(ALTER TABLE): canceling statement due to lock timeout (SQLSTATE 55P03) [a lock was "
             "not to be had in 800ms; in the way: " +
                 expected +
                 "; tried once in 0s; wait for it to be free, or give this environment a longer "
                 "'lock_retry']");
  BOOST_TEST(applied() == "1_a ");
}

BOOST_AUTO_TEST_CASE(words_up_to_the_first_value) {
  using host::migrations::first_words;
  BOOST_TEST(first_words("UPDATE shop.\"Customers\" SET name = 'secret'") ==
             "UPDATE shop.\"Customers\" SET name ...");
  BOOST_TEST(first_words("SELECT 'secret'") == "SELECT ...");
  BOOST_TEST(first_words("VACUUM a") == "VACUUM a");
  BOOST_TEST(first_words("a b c d e f.g h") == "a b c d e f.g ...");
  BOOST_TEST(first_words("") == "");
}

BOOST_AUTO_TEST_SUITE_END()
