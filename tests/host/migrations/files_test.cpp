// SPDX-License-Identifier: MIT
// Versions, header comments and the folder of migrations.
#include <boost/test/unit_test.hpp>

#include "host/migrations/header.hpp"
#include "host/migrations/new_migration.hpp"
#include "tests/host/migrations/world.hpp"

using namespace host;
using migrations::Header;
using migrations::Version;
using test::World;

namespace {

std::string header_refusal(std::string text) {
  return test::refusal([&] { migrations::parse_header({"1_a.up.sql", std::move(text)}); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(migration_files)

BOOST_AUTO_TEST_CASE(versions_are_numbers_of_any_length) {
  const auto version = [](std::string_view text) { return *Version::parse(text); };
  BOOST_TEST((version("9") < version("10")));
  BOOST_TEST((version("007") == version("7")));
  BOOST_TEST((version("99999999999999999999") < version("100000000000000000000")));
  BOOST_TEST(version("000").is_zero());
  BOOST_TEST(!Version::parse(""));
  BOOST_TEST(!Version::parse("1a"));
}

BOOST_AUTO_TEST_CASE(header_comments) {
  const Header header = migrations::parse_header(
      {"1_a.up.sql",
       "\n-- summary: e-mail: an address\n-- Prose: with a colon\n--see https://a.example: there\n"
       "-- depends: 1, 02\n\n-- note: free prose\n-- transaction: off\nSELECT 1;\n"
       "-- author: too late\n"});
  BOOST_TEST(header.summary == "e-mail: an address");
  BOOST_TEST(header.depends.size() == 2u);
  BOOST_TEST(!header.transactional);
  BOOST_TEST(header.author == "");
}

BOOST_AUTO_TEST_CASE(header_comments_that_are_none) {
  BOOST_TEST(header_refusal("-- transacton: off\n") ==
             "migration.unknown_header 5: 1_a.up.sql:1:4: unknown header comment 'transacton' [did "
             "you mean 'transaction'?; prose belongs below a blank line, or starts with a capital "
             "letter]");
  BOOST_TEST(header_refusal("-- transaction: no\n") ==
             "migration.bad_header 5: 1_a.up.sql:1:17: 'transaction' is on or off, not 'no' [-- "
             "transaction: off]");
  BOOST_TEST(
      header_refusal("-- risk: low\n") ==
      "migration.bad_header 5: 1_a.up.sql:1:10: the risk 'low' has no reason [write it behind "
      "the level: -- risk: low the table is empty]");
  BOOST_TEST(
      header_refusal("-- author: a\n-- author: b\n") ==
      "migration.bad_header 5: 1_a.up.sql:2:4: header comment 'author' comes twice [keep one "
      "of them]");
}

BOOST_FIXTURE_TEST_CASE(stray_files, World) {
  const auto read = [&] {
    return test::refusal([&] { migrations::read_directory(project, environment); });
  };
  write("README.md", "");
  write(".hidden.sql", "");
  BOOST_TEST(read() == "");
  write("fix.sql", "");
  BOOST_TEST(
      read() ==
      "migration.bad_name 5: db/migrations/fix.sql: 'fix.sql' ends in neither .up.sql nor "
      ".down.sql [migrations are named VERSION_NAME.up.sql and VERSION_NAME.down.sql, VERSION "
      "in digits, and R_NAME.sql; move other files out of the folder]");
  std::filesystem::remove(project.migrations_dir() / "fix.sql");
  write("1_a.up.sql", "");
  write("01_b.up.sql", "");
  BOOST_TEST(
      read() ==
      "migration.duplicate 5: db/migrations/1_a.up.sql: 'db/migrations/01_b.up.sql' and "
      "'db/migrations/1_a.up.sql' have the same version 1 [give one of them another version]");
  std::filesystem::remove(project.migrations_dir() / "01_b.up.sql");
  write("2_x.down.sql", "");
  BOOST_TEST(
      read() ==
      "migration.no_up_file 5: db/migrations/2_x.down.sql: 'db/migrations/2_x.down.sql' has no "
      "way up [write the migration that it belongs to, or remove it]");
}

BOOST_FIXTURE_TEST_CASE(new_ones_come_last, World) {
  const std::chrono::system_clock::time_point noon(std::chrono::seconds(1'763'899'200));
  BOOST_TEST(migrations::create_migration(project, environment, "add users", noon)
                 .up.filename()
                 .string() == "20251123120000_add_users.up.sql");
  BOOST_TEST(migrations::create_migration(project, environment, "more", noon).version.text() ==
             "20251123120001");
  BOOST_TEST(test::refusal([&] {
               migrations::create_migration(project, environment, "a/b", noon);
             }) == "usage 2: 'a/b' is no name for a migration [use letters, digits, '_' and '-']");
}

BOOST_AUTO_TEST_SUITE_END()
