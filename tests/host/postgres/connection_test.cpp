// SPDX-License-Identifier: MIT
#include "host/postgres/connection.hpp"

#include <boost/test/unit_test.hpp>
#include <thread>

#include "host/postgres/transaction.hpp"
#include "tests/host/postgres/database.hpp"

namespace {

using namespace host::postgres;
using host::test::refusal;
using host::test::TestDatabase;

struct Fixture {
  TestDatabase database;
  std::unique_ptr<Connection> connection = database.connect();

  std::string refused(std::string_view sql) {
    return refusal([&] { connection->execute(sql); });
  }
  std::string one(std::string_view sql) { return connection->query(sql).text(0, 0); }
};

BOOST_FIXTURE_TEST_SUITE(connection, Fixture)

BOOST_AUTO_TEST_CASE(parameters_are_values_and_null_is_no_text) {
  const std::vector<Parameter> parameters{"it's \\ \"é\"", std::nullopt, ""};
  const Result result =
      connection->query("SELECT $1::text AS a, $2::text AS b, $3::text", parameters);
  BOOST_TEST(result.row_count() == 1u);
  BOOST_TEST(result.column_count() == 3u);
  BOOST_TEST(result.column_name(1) == "b");
  BOOST_TEST(result.text(0, 0) == "it's \\ \"é\"");
  BOOST_TEST(!result.value(0, 1).has_value());
  BOOST_TEST(result.text(0, 1) == "");
  BOOST_TEST((result.value(0, 2) == std::optional<std::string_view>("")));
}

BOOST_AUTO_TEST_CASE(values_are_read_as_numbers_and_truths) {
  const Result result = connection->query("SELECT -9223372036854775808, true, false, NULL::bool");
  BOOST_TEST(result.integer(0, 0) == std::numeric_limits<std::int64_t>::min());
  BOOST_TEST(result.boolean(0, 1));
  BOOST_TEST(!result.boolean(0, 2));
  BOOST_TEST(!result.boolean(0, 3));
}

BOOST_AUTO_TEST_CASE(execute_runs_several_statements) {
  connection->execute("CREATE TABLE t (i int); INSERT INTO t SELECT generate_series(1, 7)");
  BOOST_TEST(connection->query("DELETE FROM t WHERE i > 2").affected_rows() == 5u);
  BOOST_TEST(one("SELECT count(*) FROM t") == "2");
}

BOOST_AUTO_TEST_CASE(the_session_is_set_up) {
  BOOST_TEST(one("SHOW client_encoding") == "UTF8");
  BOOST_TEST(one("SHOW application_name") == "confiture");
  if (connection->server_version() >= 140000)
    BOOST_TEST(one("SHOW client_connection_check_interval") == "2s");
  BOOST_TEST(one("SELECT pg_backend_pid()") == std::to_string(connection->backend_pid()));
  BOOST_TEST(connection->server_version() >= 130000);
}

BOOST_AUTO_TEST_CASE(an_error_has_place_and_hint) {
  BOOST_TEST(refused("SELECT 1;\n  SELEC 2") ==
             "postgres.sql 42601 at 2:3: syntax error at or near \"SELEC\" | ");
  BOOST_TEST(refused("SELECT 'é', nope\nFROM pg_class") ==
             "postgres.sql 42703 at 1:13: column \"nope\" does not exist | ");
  connection->execute("CREATE TABLE customers (email text)");
  BOOST_TEST(refused("SELECT\n emial FROM customers") ==
             "postgres.sql 42703 at 2:2: column \"emial\" does not exist | Perhaps you meant to "
             "reference the column \"customers.email\".");
  BOOST_TEST(refusal([&] { connection->query("SELECT * FROM nope WHERE a = $1", {}); }) ==
             "postgres.sql 42P01 at 1:15: relation \"nope\" does not exist | ");
}

BOOST_AUTO_TEST_CASE(an_error_names_what_depends) {
  connection->execute("CREATE TABLE t (i int); CREATE VIEW a AS TABLE t; CREATE VIEW b AS TABLE t");
  BOOST_TEST(
      refused("DROP TABLE t") ==
      "postgres.sql 2BP01 at 0:0: cannot drop table t because other objects depend on it "
      "(view a depends on table t; view b depends on table t) | Use DROP ... CASCADE to drop "
      "the dependent objects too.");
}

BOOST_AUTO_TEST_CASE(an_error_holds_no_value) {
  connection->execute(
      "CREATE TABLE t (i int PRIMARY KEY, word varchar(3), CHECK (word <> 'no'));"
      "INSERT INTO t VALUES (77, 'yes');"
      "CREATE FUNCTION complain(code text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
      "RAISE EXCEPTION 'not \"SECRET\": at all' USING ERRCODE = code, HINT = 'SECRET'; END $$");
  BOOST_TEST(refused("INSERT INTO t VALUES (77, 'yes')") ==
             "postgres.sql 23505 at 0:0: duplicate key value violates unique constraint "
             "\"t_pkey\" | ");
  BOOST_TEST(refused("INSERT INTO t VALUES (1, 'no')") ==
             "postgres.sql 23514 at 0:0: new row for relation \"t\" violates check constraint "
             "\"t_word_check\" | ");
  BOOST_TEST(refused("SELECT 'SECRET'::text::int") ==
             "postgres.sql 22P02 at 0:0: invalid input syntax for type integer | ");
  BOOST_TEST(refused("SELECT '99999999999'::text::int") ==
             "postgres.sql 22003 at 0:0: value \"...\" is out of range for type integer | ");
  BOOST_TEST(refused("INSERT INTO t VALUES (2, 'SECRET')") ==
             "postgres.sql 22001 at 0:0: value too long for type character varying(3) | ");
  BOOST_TEST(refused("SELECT complain('22000')") == "postgres.sql 22000 at 0:0: not \"...\" | ");
  BOOST_TEST(refused("SELECT complain('23514')") == "postgres.sql 23514 at 0:0: not \"...\" | ");
  BOOST_TEST(refused("SELECT complain('P0001')") ==
             "postgres.sql P0001 at 0:0: not \"SECRET\": at all | SECRET");
}

BOOST_AUTO_TEST_CASE(a_zero_byte_is_refused_and_not_cut_off) {
  const std::vector<Parameter> parameters{std::string("a\0b", 3)};
  const std::string expected =
      "postgres.sql 22021 at 0:0: a zero byte cannot be sent to the server | remove it, or use the "
      "type bytea";
  BOOST_TEST(refusal([&] { connection->query("SELECT $1::text", parameters); }) == expected);
  BOOST_TEST(refused(std::string_view("SELECT 1\0; SELECT 2", 19)) == expected);
}

BOOST_AUTO_TEST_CASE(copy_without_an_other_end_is_refused_and_the_session_goes_on) {
  connection->execute("CREATE TABLE t (i int)");
  const std::string expected =
      "postgres.sql 0A000 at 0:0: COPY FROM STDIN and COPY TO STDOUT have no other end here | "
      "write "
      "the rows as INSERT statements (pg_dump --inserts), or COPY a file of the server";
  BOOST_TEST(refused("COPY t FROM STDIN; DROP TABLE t") == expected);
  BOOST_TEST(refused("COPY (SELECT generate_series(1, 1000000)) TO STDOUT") == expected);
  BOOST_TEST(refusal([&] { connection->query("COPY t FROM STDIN"); }) == expected);
  BOOST_TEST(one("SELECT count(*) FROM t") == "0");
}

BOOST_AUTO_TEST_CASE(a_transaction_is_rolled_back_unless_committed) {
  connection->execute("CREATE TABLE t (i int)");
  {
    Transaction transaction(*connection);
    connection->execute("INSERT INTO t VALUES (1)");
    BOOST_TEST((connection->transaction_state() == TransactionState::in_transaction));
  }
  BOOST_TEST((connection->transaction_state() == TransactionState::idle));
  BOOST_TEST(one("SELECT count(*) FROM t") == "0");
  {
    Transaction transaction(*connection, "BEGIN ISOLATION LEVEL REPEATABLE READ");
    connection->execute("INSERT INTO t VALUES (1)");
    BOOST_TEST(one("SHOW transaction_isolation") == "repeatable read");
    transaction.commit();
  }
  BOOST_TEST(one("SELECT count(*) FROM t") == "1");
}

BOOST_AUTO_TEST_CASE(a_failed_transaction_is_not_committed_in_silence) {
  Transaction transaction(*connection);
  refused("SELECT nope");
  BOOST_TEST((connection->transaction_state() == TransactionState::failed));
  BOOST_TEST(refusal([&] { transaction.commit(); }) ==
             "postgres.sql 25P02 at 0:0: the transaction failed before and cannot be committed | "
             "the first error of the transaction says why");
}

BOOST_AUTO_TEST_CASE(notices_are_handed_on) {
  std::string seen;
  ConnectOptions options;
  options.notice = [&](std::string_view severity, std::string_view message) {
    seen += fmt::format("{}: {}\n", severity, message);
    throw std::runtime_error("a notice is not worth a failure");
  };
  const auto listening = database.connect(options);
  listening->execute("DROP TABLE IF EXISTS nope; DO $$ BEGIN RAISE WARNING 'hm'; END $$");
  BOOST_TEST(seen == "NOTICE: table \"nope\" does not exist, skipping\nWARNING: hm\n");
}

BOOST_AUTO_TEST_CASE(another_thread_cancels) {
  std::string end;
  std::thread running([&] { end = refused("SELECT pg_sleep(600)"); });
  const auto other = database.connect();
  const std::vector<Parameter> pid{std::to_string(connection->backend_pid())};
  while (other
             ->query("SELECT 1 FROM pg_stat_activity WHERE pid = $1::int AND "
                     "wait_event = 'PgSleep'",
                     pid)
             .row_count() == 0)
    std::this_thread::yield();
  connection->cancel();
  running.join();
  BOOST_TEST(end == "postgres.sql 57014 at 0:0: canceling statement due to user request | ");
  BOOST_TEST(one("SELECT 1") == "1");
}

BOOST_AUTO_TEST_CASE(a_lost_session_stays_lost) {
  const std::string lost = fmt::format(
      "postgres.connection_lost: the connection to database '{}' in socket folder '{}', port {}, "
      "as user 'postgres' was lost: terminating connection due to administrator command | the "
      "server undoes what was not committed; see its log, then run this again",
      database.name(), one("SHOW unix_socket_directories"), one("SHOW port"));
  BOOST_TEST(refused("SELECT pg_terminate_backend(pg_backend_pid())") == lost);
  BOOST_TEST(refused("SELECT 1") == lost);
  BOOST_TEST(refusal([&] { connection->query("SELECT 1"); }) == lost);
  BOOST_TEST((connection->transaction_state() == TransactionState::unknown));
}

BOOST_AUTO_TEST_CASE(a_database_is_the_same_whatever_way_leads_there) {
  const DatabaseIdentity here = identify(*connection);
  const auto tcp = host::test::connect_to(
      host::test::replaced(host::test::tcp_url(), "/postgres", "/" + database.name()));
  BOOST_TEST((identify(*tcp) == here));
  BOOST_TEST(here.database == database.name());
  BOOST_TEST(!here.system_identifier.empty());
  const TestDatabase other;
  BOOST_TEST(!(identify(*other.connect()) == here));
}

BOOST_AUTO_TEST_CASE(a_standby_is_the_same_database_and_a_copy_is_not) {
  const DatabaseIdentity primary{"7", "5", "shop", "db:5432", "1"};
  const DatabaseIdentity standby{"7", "5", "shop", "replica:5432", ""};
  const DatabaseIdentity copy{"7", "5", "shop", "copy:5432", "2"};
  BOOST_TEST((primary == standby));
  BOOST_TEST(!(primary == copy));
  DatabaseIdentity unsure{"", "5", "shop", "db:5432", ""};
  BOOST_TEST((primary == unsure));
  unsure.server = "elsewhere:5432";
  BOOST_TEST(!(primary == unsure));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
