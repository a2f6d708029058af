// SPDX-License-Identifier: MIT
// Taking over what another tool has applied: what is recorded, and what is refused.
#include "host/migrations/baseline.hpp"

#include <boost/test/unit_test.hpp>

#include "host/migrations/flyway_checksum.hpp"
#include "host/postgres/transaction.hpp"
#include "tests/host/migrations/world.hpp"

using namespace host;
using config::Layout;

namespace {

struct Takeover : test::World {
  void execute(const std::string& sql) { database.connect()->execute(sql); }

  // Records it, and shows the ledger: VERSION_NAME, when and by whom; or says what was refused.
  std::string take(Layout tool, const std::optional<std::string>& table = {}) {
    const auto connection = database.connect();
    const migrations::Directory directory = migrations::read_directory(project, environment);
    const std::string said = test::refusal([&] {
      record(*connection, migrations::baseline_from(directory, migrations::read_foreign_history(
                                                                   *connection, tool, table)));
    });
    return said.empty() ? ledger(*connection) : said;
  }
  void record(postgres::Connection& connection, const migrations::Baseline& baseline) {
    migrations::Ledger ledger(connection);
    migrations::check_baseline(baseline, ledger.applied());
    ledger.create();
    postgres::Transaction transaction(connection);
    migrations::record_baseline(baseline, connection, host::audit::Trail({"local"}));
    transaction.commit();
  }
  std::string ledger(postgres::Connection& connection) {
    std::string text;
    for (const migrations::Applied& each : migrations::Ledger(connection).applied()) {
      const bool now = each.applied_at > "2025";
      text += each.key() + " " + (now ? "now" : each.applied_at) + " by " + each.applied_by + "\n";
    }
    return text;
  }

  void paired() {
    environment.layout = Layout::golang_migrate;
    migration("1_a", "SELECT 1;", "SELECT 1;");
    migration("2_b", "SELECT 2;", "SELECT 2;");
    migration("3_c", "SELECT 3;", "SELECT 3;");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(baselines, Takeover)

BOOST_AUTO_TEST_CASE(through_a_version) {
  paired();
  write("R_views.sql", "SELECT 1;");
  environment.layout = Layout::confiture;
  const auto connection = database.connect();
  const auto directory = migrations::read_directory(project, environment);
  const auto through = [&](const char* version) {
    return test::refusal([&] {
      record(*connection,
             migrations::baseline_through(directory, *migrations::Version::parse(version)));
    });
  };
  BOOST_TEST(through("99") ==
             "migration.unknown_version 2: no migration has version 99 [known: 1, 2 and 3]");
  BOOST_TEST(through("002") == "");
  BOOST_TEST(ledger(*connection) == "1_a now by postgres\n2_b now by postgres\n");
  BOOST_TEST(through("3").starts_with(
      "baseline.already_recorded 1: migration '1_a' is recorded already, since 20"));
  BOOST_TEST(up() == "");
  BOOST_TEST(applied() == "1_a 2_b 3_c R_views ");
}

BOOST_AUTO_TEST_CASE(dbmate) {
  write("20200101000000_a.sql", "-- migrate:up\nSELECT 1;\n");
  write("20200102000000_b.sql", "-- migrate:up\nSELECT 2;\n");
  BOOST_TEST(take(Layout::dbmate) ==
             "baseline.no_history 1: there is no table 'schema_migrations' [say where dbmate keeps "
             "its history: --table SCHEMA.NAME]");
  execute(
      "CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);"
      "INSERT INTO schema_migrations VALUES ('20200101000000'), ('20190101000000'), ('x')");
  BOOST_TEST(take(Layout::dbmate) ==
             "baseline.no_file 1: 20190101000000 and x of 'schema_migrations' have no file in "
             "'db/migrations' [restore what was applied from version control]");
  execute("DELETE FROM schema_migrations WHERE version <> '20200101000000'");
  BOOST_TEST(take(Layout::golang_migrate) ==
             "baseline.no_history 1: 'schema_migrations' is not the history of golang-migrate: it "
             "has no column 'dirty' [name the tool that wrote it with --from]");
  BOOST_TEST(take(Layout::dbmate) == "20200101000000_a now by postgres\n");
  BOOST_TEST(ask("SELECT count(*) FROM schema_migrations") == "1");
}

BOOST_AUTO_TEST_CASE(goose) {
  for (const char* each : {"1_a", "2_b", "3_c"})
    write(std::string(each) + ".sql", "-- +goose Up\nSELECT 1;\n");
  execute(
      "CREATE SCHEMA app; CREATE TABLE app.goose_db_version (id serial PRIMARY KEY, version_id "
      "bigint NOT NULL, is_applied boolean NOT NULL, tstamp timestamp DEFAULT now());"
      "INSERT INTO app.goose_db_version (version_id, is_applied, tstamp) VALUES "
      "(0, true, '2020-01-01'), (1, true, '2020-01-01 10:00'), (2, true, '2020-01-02'),"
      "(2, false, '2020-01-03'), (3, false, '2020-01-04'), (3, true, '2020-01-05 10:00:00.5')");
  BOOST_TEST(
      take(Layout::goose, "app.goose_db_version") ==
      "1_a 2020-01-01T10:00:00.000Z by postgres\n3_c 2020-01-05T10:00:00.500Z by postgres\n");
}

BOOST_AUTO_TEST_CASE(golang_migrate) {
  paired();
  execute(
      "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);"
      "INSERT INTO schema_migrations VALUES (2, true)");
  BOOST_TEST(take(Layout::golang_migrate) ==
             "baseline.dirty_history 1: golang-migrate noted that migration 2 stopped half-way "
             "[bring the database to a version by hand, note it with 'migrate force VERSION', then "
             "run this again]");
  BOOST_TEST(take(Layout::dbmate)
                 .starts_with("baseline.no_history 1: 'schema_migrations' is not the history of "
                              "dbmate: it has a column "
                              "'dirty'"));
  execute("UPDATE schema_migrations SET dirty = false");
  BOOST_TEST(take(Layout::golang_migrate) == "1_a now by postgres\n2_b now by postgres\n");
  BOOST_TEST(up() == "");
  BOOST_TEST(applied() == "1_a 2_b 3_c ");
}

BOOST_AUTO_TEST_CASE(flyway) {
  write("V1__a.sql", "SELECT 0;");
  write("V1.1__b c.sql", "SELECT 1;\r\n");
  write("V1.2__undone.sql", "SELECT 2;");
  write("R__my_view.sql", "SELECT '${name}';");
  write("R__changed.sql", "SELECT 4;");
  environment.variables["name"] = "value";
  execute(
      "CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version varchar(50),"
      "description varchar(200), type varchar(20), script varchar(1000), checksum int,"
      "installed_by varchar(100), installed_on timestamp DEFAULT now(), execution_time int,"
      "success boolean)");
  const auto row = [&](int rank, const std::string& version, const std::string& description,
                       const std::string& type, const std::string& sum, const char* success) {
    execute("INSERT INTO flyway_schema_history VALUES (" + std::to_string(rank) + ", " + version +
            ", '" + description + "', '" + type + "', '', " + sum + ", 'alice', '2020-01-0" +
            std::to_string(rank) + "', 7, " + success + ")");
  };
  const auto sum = [](std::string_view text) {
    return std::to_string(migrations::flyway_checksum(text));
  };
  row(1, "'1'", "<< Flyway Baseline >>", "BASELINE", "NULL", "true");
  row(2, "'1.1'", "b c", "SQL", sum("SELECT 1;"), "true");
  row(3, "'1.2'", "undone", "SQL", sum("SELECT 2;"), "true");
  row(4, "'1.2'", "undone", "UNDO_SQL", "1", "true");
  row(5, "NULL", "my view", "SQL", "1", "true");
  row(6, "NULL", "my view", "SQL", sum("SELECT 'value';"), "true");
  row(7, "NULL", "changed", "SQL", "1", "true");
  row(8, "'9'", "failed", "SQL", "1", "false");
  BOOST_TEST(take(Layout::flyway) ==
             "baseline.dirty_history 1: flyway noted that migration 9 stopped half-way [bring the "
             "database in order, run 'flyway repair', then run this again]");
  execute("DELETE FROM flyway_schema_history WHERE NOT success");
  execute("UPDATE flyway_schema_history SET checksum = 5 WHERE version = '1.1'");
  BOOST_TEST(
      take(Layout::flyway) ==
      "migration.edited 1: db/migrations/V1.1__b c.sql: migration '1.1_b c' was edited after "
      "Flyway had applied it [restore the text that was applied, or accept the new one with "
      "'flyway repair']");
  execute("UPDATE flyway_schema_history SET checksum = " + sum("SELECT 1;") +
          " WHERE version = '1.1'");
  BOOST_TEST(take(Layout::flyway) ==
             "1_a 2020-01-01T00:00:00.000Z by alice\n1.1_b c 2020-01-02T00:00:00.000Z by alice\n"
             "R_my_view 2020-01-06T00:00:00.000Z by alice\n");
  BOOST_TEST(up() == "");
  BOOST_TEST(applied() == "1_a 1.1_b c 1.2_undone R_changed R_my_view ");
}

BOOST_AUTO_TEST_CASE(diesel) {
  environment.layout = Layout::diesel;
  std::filesystem::create_directories(project.migrations_dir() / "2020-01-01-000000_a");
  write("2020-01-01-000000_a/up.sql", "SELECT 1;");
  execute(
      "CREATE TABLE __diesel_schema_migrations (version varchar(50) PRIMARY KEY, run_on "
      "timestamp DEFAULT CURRENT_TIMESTAMP); INSERT INTO __diesel_schema_migrations VALUES "
      "('20200101000000', '2020-02-01')");
  BOOST_TEST(take(Layout::diesel) == "20200101000000_a 2020-02-01T00:00:00.000Z by postgres\n");
}

BOOST_AUTO_TEST_CASE(checksums_of_flyway) {
  // CRC-32 of "123456789" is 0xcbf43926.
  BOOST_TEST(migrations::flyway_checksum("123456789") == -873187034);
  BOOST_TEST(migrations::flyway_checksum("\xEF\xBB\xBF"
                                         "12345\r\n6789\n") == -873187034);
}

BOOST_AUTO_TEST_SUITE_END()
