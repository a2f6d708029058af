// SPDX-License-Identifier: MIT
// VERSION_NAME.verify.sql: what holds, what does not, and that it cannot write.
#include <boost/test/unit_test.hpp>

#include "tests/host/migrations/world.hpp"

using host::test::World;

namespace {

// What `up` says of a migration that makes table a with one row, and has that check.
std::string checked(World& world, const std::string& check, const std::string& header = {}) {
  world.migration("1_a", header + "CREATE TABLE a (id int); INSERT INTO a VALUES (1);",
                  "DROP TABLE a;");
  world.write("1_a.verify.sql", check);
  return world.up();
}

constexpr const char* lead =
    "migration.verify_failed 1: db/migrations/1_a.verify.sql:1:1: the check of migration '1_a' "
    "does "
    "not hold: statement 1 ";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(migration_verification, World)

BOOST_AUTO_TEST_CASE(it_sees_what_is_not_committed_yet) {
  BOOST_TEST(checked(*this,
                     "SELECT count(*) = 1 FROM a; SELECT id FROM a; SELECT 1 / count(*) FROM "
                     "a; SET search_path = nowhere;") == "");
  BOOST_TEST(applied() == "1_a ");
}

BOOST_AUTO_TEST_CASE(what_does_not_hold_rolls_the_migration_back) {
  BOOST_TEST(checked(*this, "SELECT count(*) = 2 FROM a;") == lead + std::string("gave false"));
  BOOST_TEST(checked(*this, "SELECT NULL::bool;") == lead + std::string("gave NULL, not true"));
  BOOST_TEST(checked(*this, "SELECT nope FROM a;") ==
             lead + std::string("failed: column \"nope\" does not exist (SQLSTATE 42703)"));
  BOOST_TEST(!has("a"));
  BOOST_TEST(applied() == "");
}

BOOST_AUTO_TEST_CASE(it_cannot_write) {
  const std::string refused =
      lead +
      std::string("failed: cannot execute INSERT in a read-only transaction (SQLSTATE 25006)");
  BOOST_TEST(checked(*this, "INSERT INTO a VALUES (2);") == refused);
  BOOST_TEST(checked(*this, "SET TRANSACTION READ WRITE; INSERT INTO a VALUES (2);") ==
             lead + std::string("failed: cannot set transaction read-write mode inside a read-only "
                                "transaction (SQLSTATE 25001)"));
  BOOST_TEST(checked(*this, "INSERT INTO a VALUES (2);", "-- transaction: off\n") == refused);
  BOOST_TEST(ask("SELECT count(*) FROM a") == "1");
  // The statements are done; once the check holds, so does the migration.
  write("1_a.verify.sql", "SELECT true;");
  BOOST_TEST(up() == "");
  BOOST_TEST(applied() == "1_a ");
}

BOOST_AUTO_TEST_CASE(it_is_read_before_anything_runs) {
  BOOST_TEST(
      checked(*this, "SELEC 1;") ==
      "migration.syntax 4: db/migrations/1_a.verify.sql:1:1: statement 1: syntax error at or "
      "near \"SELEC\" [nothing was run]");
  BOOST_TEST(checked(*this, "COMMIT;") ==
             "statement.transaction_control 4: db/migrations/1_a.verify.sql:1:1: statement 1 is "
             "COMMIT, but confiture opens and ends the transaction [remove it; for a file without "
             "a transaction, write '-- transaction: off' at its top]");
}

BOOST_AUTO_TEST_SUITE_END()
