// SPDX-License-Identifier: MIT
#include "host/postgres/copy_stream.hpp"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <thread>

#include "host/postgres/transaction.hpp"
#include "tests/host/postgres/database.hpp"

namespace {

using namespace host::postgres;
using host::test::refusal;
using host::test::TestDatabase;

struct Fixture {
  TestDatabase database;
  std::unique_ptr<Connection> source = database.connect();
  std::unique_ptr<Connection> target = database.connect();

  std::string one(std::string_view sql) { return target->query(sql).text(0, 0); }
  // What the server says to these rows for `t`, and that it kept none of them.
  std::string refused(std::string_view rows) {
    const std::string before = one("SELECT count(*) FROM t");
    std::string said = refusal([&] {
      CopyWriter writer(*target, "COPY t FROM STDIN");
      writer.write(rows);
      writer.finish();
    });
    BOOST_TEST(one("SELECT count(*) FROM t") == before);
    return said;
  }
};

BOOST_FIXTURE_TEST_SUITE(copying, Fixture)

BOOST_AUTO_TEST_CASE(every_byte_arrives) {
  source->execute(
      "CREATE TABLE t (i int, s text, b bytea);"
      "INSERT INTO t SELECT i, CASE WHEN i % 7 = 0 THEN NULL ELSE chr(i) || E'\\t\\n\\r\\\\N\\\\.' "
      "|| chr(128512) END, int4send(i) FROM generate_series(1, 30000) i WHERE i <> 0;"
      "INSERT INTO t VALUES (0, repeat('x', 3000000), ''); CREATE TABLE u (LIKE t)");
  CopyReader reader(*source, "COPY t TO STDOUT");
  CopyWriter writer(*target, "COPY u FROM STDIN");
  std::string rows;
  std::size_t count = 0;
  while (const std::size_t got = reader.read(rows, 5000)) {
    count += got;
    BOOST_TEST(rows.size() >= std::min<std::size_t>(5000, rows.size()));
    BOOST_REQUIRE(rows.back() == '\n');
    writer.write(rows);
    rows.clear();
  }
  BOOST_TEST(reader.read(rows, 1) == 0u);
  BOOST_TEST(count == 30001u);
  BOOST_TEST(writer.finish() == 30001u);
  BOOST_TEST(one("SELECT count(*) FROM (TABLE t EXCEPT TABLE u) d") == "0");
}

BOOST_AUTO_TEST_CASE(a_read_appends_at_least_what_is_enough) {
  CopyReader reader(*source, "COPY (SELECT 'abc' FROM generate_series(1, 5)) TO STDOUT");
  std::string rows = "x\n";
  BOOST_TEST(reader.read(rows, 3) == 1u);
  BOOST_TEST(rows == "x\nabc\n");
  BOOST_TEST(reader.read(rows, 14) == 2u);
  BOOST_TEST(rows == "x\nabc\nabc\nabc\n");
  BOOST_TEST(reader.read(rows, 1000) == 2u);
  BOOST_TEST(reader.read(rows, 1000) == 0u);
}

BOOST_AUTO_TEST_CASE(a_reader_that_is_left_frees_its_session) {
  {
    CopyReader reader(*source, "COPY (SELECT generate_series(1, 100000000)) TO STDOUT");
    std::string rows;
    reader.read(rows, 100);
  }
  BOOST_TEST(source->query("SELECT 1").text(0, 0) == "1");
}

BOOST_AUTO_TEST_CASE(a_writer_that_is_left_writes_nothing) {
  target->execute("CREATE TABLE t (i int)");
  {
    CopyWriter writer(*target, "COPY t FROM STDIN");
    writer.write("1\n2\n");
  }
  BOOST_TEST(one("SELECT count(*) FROM t") == "0");
  Transaction transaction(*target);
  {
    CopyWriter writer(*target, "COPY t FROM STDIN");
    writer.write("1\n2\n");
  }
  BOOST_TEST((target->transaction_state() == TransactionState::failed));
}

BOOST_AUTO_TEST_CASE(a_refused_row_is_told_by_its_number_and_not_its_values) {
  target->execute(
      "CREATE TABLE parent (id int PRIMARY KEY);"
      "CREATE TABLE t (id int PRIMARY KEY, age int NOT NULL CHECK (age < 200), "
      "word varchar(8), born date, parent int REFERENCES parent);"
      "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
      "IF NEW.word = 'SECRET' THEN RAISE EXCEPTION 'no %', NEW.word; END IF; RETURN NEW; END $$;"
      "CREATE TRIGGER refuse BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION refuse();"
      "INSERT INTO t VALUES (1, 1)");
  const std::string good = "7\t7\t\\N\t\\N\t\\N\n";
  BOOST_TEST(refused(good + "1\t2\t\\N\t\\N\t\\N\n") ==
             "postgres.sql 23505 at 0:0: a key is there already (SQLSTATE 23505, table 'public.t', "
             "constraint 't_pkey', row 2 of the copy) | ");
  BOOST_TEST(refused("2\t\\N\tSECRE\t\\N\t\\N\n") ==
             "postgres.sql 23502 at 0:0: a column that must not be null is null (SQLSTATE 23502, "
             "table 'public.t', column 'age', row 1 of the copy) | ");
  BOOST_TEST(refused("2\t222\t\\N\t\\N\t\\N\n") ==
             "postgres.sql 23514 at 0:0: a check constraint does not hold (SQLSTATE 23514, table "
             "'public.t', constraint 't_age_check', row 1 of the copy) | ");
  BOOST_TEST(refused("2\t2\t\\N\t\\N\t4242\n") ==
             "postgres.sql 23503 at 0:0: a foreign key has no matching row (SQLSTATE 23503, table "
             "'public.t', constraint 't_parent_fkey') | ");
  BOOST_TEST(refused("2\tSECRET, column x\t\\N\t\\N\t\\N\n") ==
             "postgres.sql 22P02 at 0:0: a value is malformed for its type (SQLSTATE 22P02, column "
             "'age', row 1 of the copy) | ");
  BOOST_TEST(
      refused("2\t2\tSECRETSECRET\t\\N\t\\N\n") ==
      "postgres.sql 22001 at 0:0: a value is too long for its column (SQLSTATE 22001, column "
      "'word', row 1 of the copy) | ");
  BOOST_TEST(refused("2\t2\t\\N\t1999-99-99\t\\N\n") ==
             "postgres.sql 22008 at 0:0: a date or time is out of range (SQLSTATE 22008, column "
             "'born', row 1 of the copy) | ");
  BOOST_TEST(refused("2\t2\n") ==
             "postgres.sql 22P04 at 0:0: a row does not have the form that COPY expects (SQLSTATE "
             "22P04, row 1 of the copy) | ");
  BOOST_TEST(refused("2\t2\t\xff\t\\N\t\\N\n") ==
             "postgres.sql 22021 at 0:0: text is not valid in the database's encoding (SQLSTATE "
             "22021, row 1 of the copy) | ");
  BOOST_TEST(refused("2\t2\tSECRET\t\\N\t\\N\n") ==
             "postgres.sql P0001 at 0:0: the server refused a row (SQLSTATE P0001, row 1 of the "
             "copy) | ");
}

BOOST_AUTO_TEST_CASE(a_refusal_in_the_middle_of_much_data_is_heard) {
  target->execute("CREATE TABLE t (i int)");
  std::string rows = "x\n";
  for (int i = 0; i < 3'000'000; ++i) rows += "12\n";
  BOOST_TEST(refused(rows) ==
             "postgres.sql 22P02 at 0:0: a value is malformed for its type (SQLSTATE 22P02, column "
             "'i', row 1 of the copy) | ");
}

BOOST_AUTO_TEST_CASE(a_reader_says_why_it_stops) {
  CopyReader reader(*source, "COPY (SELECT 1 / (3 - i) FROM generate_series(1, 5) i) TO STDOUT");
  std::string rows;
  BOOST_TEST(refusal([&] { reader.read(rows, 1000); }) ==
             "postgres.sql 22012 at 0:0: the server refused a row (SQLSTATE 22012) | ");
  BOOST_TEST(source->query("SELECT 1").text(0, 0) == "1");
}

BOOST_AUTO_TEST_CASE(a_statement_that_is_no_such_copy_is_refused) {
  BOOST_TEST(refusal([&] { CopyReader(*source, "COPY nope TO STDOUT"); }) ==
             "postgres.sql 42P01 at 0:0: relation \"nope\" does not exist | ");
  BOOST_TEST(refusal([&] { CopyReader(*source, "COPY pg_class TO STDUOT x"); }) ==
             "postgres.sql 42601 at 1:18: syntax error at or near \"STDUOT\" | ");
  source->execute("CREATE TABLE t (i int)");
  const std::string expected =
      "postgres.sql 0A000 at 0:0: this is no COPY in the direction that is needed | ";
  BOOST_TEST(refusal([&] { CopyReader(*source, "COPY t FROM STDIN"); }) == expected);
  BOOST_TEST(refusal([&] { CopyWriter(*source, "COPY t TO STDOUT"); }) == expected);
  BOOST_TEST(refusal([&] { CopyWriter(*source, "SELECT 1"); }) == expected);
  BOOST_TEST(source->query("SELECT 1").text(0, 0) == "1");
}

BOOST_AUTO_TEST_CASE(a_session_that_dies_in_a_copy_is_lost) {
  target->execute("CREATE TABLE t (i int)");
  const std::vector<Parameter> pid{std::to_string(target->backend_pid())};
  std::string said;
  {
    CopyWriter writer(*target, "COPY t FROM STDIN");
    source->query("SELECT pg_terminate_backend($1::int)", pid);
    while (source->query("SELECT FROM pg_stat_activity WHERE pid = $1::int", pid).row_count() != 0)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    said = refusal([&] {
      for (;;) writer.write("1\n");
    });
  }
  // The server's last word arrives or the broken pipe is seen first.
  const std::string begin = fmt::format(
      "postgres.connection_lost: the connection to database '{}' in socket folder '{}', port {}, "
      "as user 'postgres' was lost: ",
      database.name(), source->query("SHOW unix_socket_directories").text(0, 0),
      source->query("SHOW port").text(0, 0));
  const std::string end =
      " | the server undoes what was not committed; see its log, then run this again";
  BOOST_TEST((said == begin + "terminating connection due to administrator command" + end ||
              said == begin + "server closed the connection unexpectedly" + end),
             said);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
