// SPDX-License-Identifier: MIT
// What is made of the files of each layout, and what is said of those that make no sense.
#include <boost/test/unit_test.hpp>

#include "host/migrations/reading.hpp"
#include "tests/host/migrations/files.hpp"

using namespace host;
using config::Layout;
using test::Files;

BOOST_FIXTURE_TEST_SUITE(layouts, Files)

BOOST_AUTO_TEST_CASE(confiture_and_its_repeatable_migrations) {
  write("2_b.up.sql", "SELECT 2;");
  write("10_c d.up.sql", "-- transaction: off\nSELECT 10;");
  write("1_a.up.sql", "SELECT 1;");
  write("1_a.down.sql", "SELECT -1;");
  write("R_views.sql", "SELECT 'r';");
  write("notes/old.sql", "");
  write(".hidden/x.sql", "");
  BOOST_TEST(shown() ==
             "confiture detected\n"
             "1_a: 1:1 SELECT 1 / 1:1 SELECT -1\n"
             "2_b: 1:1 SELECT 2\n"
             "10_c d: no transaction 2:1 SELECT 10\n"
             "R_views: 1:1 SELECT 'r'\n"
             "warning: the folder 'db/migrations/notes' is not read\n");
  write("R_.sql", "");
  BOOST_TEST(refused().starts_with(
      "migration.bad_name 5: db/migrations/R_.sql: 'R_.sql' has no name after its 'R_'"));
}

BOOST_AUTO_TEST_CASE(dbmate) {
  write("20200101000000_a b.sql",
        "-- what it is for\r\n-- migrate:up\r\nSELECT 1;\r\n\r\n  SELECT 2;\r\n"
        "-- migrate:down\r\nSELECT -1;\r\n");
  write("20200102000000.sql",
        "\xEF\xBB\xBF--migrate:up transaction:false\nSELECT 'ä'; SELECT 3;\n");
  write("README.md", "");
  write("seeds.sql", "");
  BOOST_TEST(
      shown() ==
      "dbmate detected\n"
      "20200101000000_a b: 3:1 SELECT 1 5:3 SELECT 2 / 7:1 SELECT -1\n"
      "20200102000000: no transaction 2:1 SELECT 'ä' 2:13 SELECT 3\n"
      "warning: 'db/migrations/seeds.sql' is no migration in dbmate's layout: it does not run\n");
}

BOOST_AUTO_TEST_CASE(dbmate_sections_that_make_no_sense) {
  environment.layout = Layout::dbmate;
  const auto refused_text = [&](std::string_view text) {
    write("1_a.sql", text);
    return refused();
  };
  BOOST_TEST(refused_text("SELECT 1;\n") ==
             "migration.bad_section 5: db/migrations/1_a.sql: 'db/migrations/1_a.sql' has no '-- "
             "migrate:up' [write that line before its SQL, or move the file out of the folder]");
  BOOST_TEST(refused_text("\nSELECT 1;\n-- migrate:up\n") ==
             "migration.bad_section 5: db/migrations/1_a.sql:2:1: there is SQL before '-- "
             "migrate:up' [move it behind that line: it would never run]");
  BOOST_TEST(refused_text("-- migrate:up transaction:of\n") ==
             "migration.bad_section 5: db/migrations/1_a.sql:1:1: unknown option 'transaction:of' "
             "of '-- migrate:up' [transaction:false is the one that there is]");
  BOOST_TEST(refused_text("-- migrate:down\n-- migrate:up\n") ==
             "migration.bad_section 5: db/migrations/1_a.sql:2:1: '-- migrate:down' stands before "
             "'-- migrate:up' [turn them round]");
  BOOST_TEST(refused_text("-- migrate:up\n-- migrate:up\n") ==
             "migration.bad_section 5: db/migrations/1_a.sql:2:1: '-- migrate:up' comes twice "
             "[keep one: dbmate reads no more]");
}

BOOST_AUTO_TEST_CASE(goose) {
  write("00001_a.sql",
        "-- +goose Up\nCREATE TABLE a (id int);\n-- +goose StatementBegin\n"
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\n  SELECT 1;\n$$\n"
        "-- +goose StatementEnd\nSELECT 2;\n-- +goose Down\nDROP TABLE a;\n");
  write("00002_b.sql", "-- +goose no transaction\n-- +goose up\nSELECT 1;\n");
  write("00003_helper.go", "package migrations");
  BOOST_TEST(shown() ==
             "goose detected\n"
             "00001_a: 2:1 CREATE TABLE a (id int) 4:1 CREATE FUNCTION f() RETURNS int LANGUAGE "
             "sql AS $$\n  SELECT 1;\n$$ 8:1 SELECT 2 / 10:1 DROP TABLE a\n"
             "00002_b: no transaction 3:1 SELECT 1\n");
}

BOOST_AUTO_TEST_CASE(goose_annotations_that_make_no_sense) {
  environment.layout = Layout::goose;
  const auto refused_text = [&](std::string_view text) {
    write("1_a.sql", text);
    return refused();
  };
  BOOST_TEST(refused_text("-- +goose Up\n-- +goose StatmentBegin\n") ==
             "migration.bad_section 5: db/migrations/1_a.sql:2:1: unknown annotation '+goose "
             "StatmentBegin' [did you mean 'StatementBegin'?]");
  BOOST_TEST(
      refused_text("-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n") ==
      "migration.bad_section 5: db/migrations/1_a.sql:2:1: '-- +goose StatementBegin' has no "
      "end [write StatementEnd]");
  BOOST_TEST(refused_text("-- +goose Up\n-- +goose Up\n") ==
             "migration.bad_section 5: db/migrations/1_a.sql:2:1: '-- +goose Up' comes twice [keep "
             "one]");
  BOOST_TEST(refused_text("-- +goose Down\n") ==
             "migration.bad_section 5: db/migrations/1_a.sql:1:1: '-- +goose Down' stands before "
             "'-- +goose Up' [turn them round]");
}

BOOST_AUTO_TEST_CASE(golang_migrate) {
  environment.layout = Layout::golang_migrate;
  write("000001_a.up.sql", "BEGIN;\nCREATE TABLE a (id int);\nCOMMIT;\n");
  write("000001_a.down.sql", "DROP TABLE a;");
  write("000002_b.up.sql", "SELECT 1;\nCREATE INDEX CONCURRENTLY i ON a (id);\n");
  write("000003_c.up.sql", "BEGIN ISOLATION LEVEL SERIALIZABLE;\nSELECT 1;\nCOMMIT;\n");
  write("schema.sql", "");
  BOOST_TEST(shown() ==
             "golang-migrate\n"
             "000001_a: 2:1 CREATE TABLE a (id int) / 1:1 DROP TABLE a\n"
             "000002_b: no transaction 1:1 SELECT 1 2:1 CREATE INDEX CONCURRENTLY i ON a (id)\n"
             "000003_c: 1:1 BEGIN ISOLATION LEVEL SERIALIZABLE 2:1 SELECT 1 3:1 COMMIT\n"
             "warning: 'db/migrations/schema.sql' is no migration in golang-migrate's layout: it "
             "does not run\n");
}

BOOST_AUTO_TEST_CASE(golang_migrate_is_told_from_confiture_by_its_versions) {
  const auto layout = [&] { return std::string(config::to_string(read().layout)); };
  write("000001_a.up.sql", "SELECT 1;");
  write("1481574547_b.up.sql", "-- note: prose\nSELECT 1;");
  BOOST_TEST(layout() == "golang-migrate");
  write("1481574547_b.down.sql", "-- transaction: off\nSELECT 1;");
  BOOST_TEST(layout() == "confiture");
  write("1481574547_b.down.sql", "-- risk: no level\nSELECT 1;");
  BOOST_TEST(layout() == "confiture");
  write("1481574547_b.down.sql", "SELECT 1;");
  BOOST_TEST(layout() == "golang-migrate");
  write("R_views.sql", "SELECT 1;");
  BOOST_TEST(layout() == "confiture");
  std::filesystem::remove(project.migrations_dir() / "R_views.sql");
  write("20200101000000_c.up.sql", "SELECT 1;");
  BOOST_TEST(layout() == "confiture");
}

BOOST_AUTO_TEST_CASE(flyway) {
  write("V1__Create users.sql", "SELECT 1;");
  write("U1__Drop users.sql", "SELECT -1;");
  write("V1.10__later.sql", "SELECT 10;");
  write("2024/V1_2__under_scores.sql", "CREATE INDEX CONCURRENTLY i ON a (id);");
  write("V1.10.1__off.sql", "SELECT 3;");
  write("V1.10.1__off.sql.conf",
        "# why\nexecuteInTransaction=false\nplaceholderReplacement=false\n");
  write("R__views.sql", "SELECT '${name}';");
  write("beforeMigrate.sql", "");
  environment.variables["name"] = "value";
  BOOST_TEST(
      shown() ==
      "flyway detected\n"
      "1_Create users: 1:1 SELECT 1 / 1:1 SELECT -1\n"
      "1.2_under_scores: no transaction 1:1 CREATE INDEX CONCURRENTLY i ON a (id)\n"
      "1.10_later: 1:1 SELECT 10\n"
      "1.10.1_off: no transaction 1:1 SELECT 3\n"
      "R_views: 1:1 SELECT 'value'\n"
      "warning: 'db/migrations/beforeMigrate.sql' is no migration in flyway's layout: it does not "
      "run\n");
  write("V1.10.1__off.sql.conf", "executeInTransacton=false\n");
  BOOST_TEST(refused() ==
             "migration.bad_section 5: db/migrations/V1.10.1__off.sql.conf:1:1: "
             "'executeInTransacton' is nothing that confiture knows [did you mean "
             "'executeInTransaction'?]");
  write("V1.10.1__off.sql.conf", "");
  write("V1.0__again.sql", "");
  BOOST_TEST(refused() ==
             "migration.duplicate 5: db/migrations/V1__Create users.sql: "
             "'db/migrations/V1.0__again.sql' and 'db/migrations/V1__Create users.sql' have the "
             "same version 1 [give one of them another version]");
}

BOOST_AUTO_TEST_CASE(diesel) {
  write("00000000000000_diesel_initial_setup/up.sql", "SELECT 0;");
  write("00000000000000_diesel_initial_setup/down.sql", "SELECT -0;");
  write("2020-01-01-000000_a b/up.sql", "SELECT 1;");
  write("2020-01-02-000000_index/up.sql", "SELECT 2;");
  write("2020-01-02-000000_index/down.sql", "SELECT -2;");
  write("2020-01-02-000000_index/metadata.toml", "# no\nrun_in_transaction = false # yes\n");
  write("schema.rs", "");
  write("stray.sql", "");
  BOOST_TEST(shown() ==
             "diesel detected\n"
             "00000000000000_diesel_initial_setup: 1:1 SELECT 0 / 1:1 SELECT -0\n"
             "20200101000000_a b: 1:1 SELECT 1\n"
             "20200102000000_index: no transaction 1:1 SELECT 2 / no transaction 1:1 SELECT -2\n"
             "warning: 'db/migrations/stray.sql' is no migration in diesel's layout: it does not "
             "run\n");
}

BOOST_AUTO_TEST_CASE(a_folder_that_could_be_two) {
  write("1_a.sql", "-- migrate:up\nSELECT 1;\n");
  write("2_b.sql", "-- +goose Up\nSELECT 1;\n");
  BOOST_TEST(
      refused() ==
      "migration.ambiguous_layout 5: db/migrations: 'db/migrations' holds files of more than "
      "one layout: dbmate ('1_a.sql') and goose ('2_b.sql') [name the one to read, 'layout: "
      "NAME', in db/environments/ENVIRONMENT.yaml]");
  environment.layout = Layout::goose;
  BOOST_TEST(refused() ==
             "migration.bad_section 5: db/migrations/1_a.sql: 'db/migrations/1_a.sql' has no '-- "
             "+goose Up' [write that line before its SQL, or move the file out of the folder]");
}

BOOST_AUTO_TEST_CASE(editing_one_way_leaves_the_checksum_of_the_other) {
  write("1_a.sql", "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n");
  const auto before = read().migrations.front();
  write("1_a.sql", "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 3;\n");
  const auto after = read().migrations.front();
  BOOST_TEST(before.up.checksum == after.up.checksum);
  BOOST_TEST(before.down->checksum != after.down->checksum);
}

BOOST_AUTO_TEST_CASE(header_comments_in_another_tools_files) {
  write("1_a.sql",
        "-- note: prose\n-- summary: all of it\n-- migrate:up\n-- risk: low no rows\nSELECT 1;\n");
  const migrations::Header header =
      migrations::read_statements(read().migrations.front().up).header;
  BOOST_TEST(header.summary == "all of it");
  BOOST_TEST(header.risk == "low");
}

BOOST_AUTO_TEST_SUITE_END()
