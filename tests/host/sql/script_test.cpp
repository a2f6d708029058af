// SPDX-License-Identifier: MIT
#include "host/sql/statement.hpp"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "host/sql/large_stack.hpp"
#include "host/sql/pg_parser.hpp"
#include "host/sql/tree.hpp"

namespace host::sql {
namespace {

Script parse(std::string text) {
  return parse_script(Source("t.sql", std::move(text)));
}

// "TAG @line:column text", or "! message @place text".
std::vector<std::string> shown(const Script& script) {
  std::vector<std::string> lines;
  for (const Statement& one : script.statements()) {
    std::string line = one.error ? "! " + one.error->message + " @" + to_string(one.error->place)
                                 : one.tag + " @" + to_string(one.place);
    line += " ";
    line += one.text;
    lines.push_back(line);
  }
  return lines;
}

void check_lines(const std::vector<std::string>& got, const std::vector<std::string>& expected) {
  BOOST_CHECK_EQUAL_COLLECTIONS(got.begin(), got.end(), expected.begin(), expected.end());
}

BOOST_AUTO_TEST_SUITE(script)

BOOST_AUTO_TEST_CASE(splits_and_places_statements) {
  const Script script = parse(
      "-- first\nSELECT 1; -- of the next\n\n  /* a /* b */ */ INSERT INTO t VALUES ('a;b'); DROP "
      "TABLE a, b -- last\n;\n-- end");
  check_lines(shown(script),
              {"SELECT @t.sql:2:1 SELECT 1", "INSERT @t.sql:4:19 INSERT INTO t VALUES ('a;b')",
               "DROP TABLE @t.sql:4:49 DROP TABLE a, b"});
  BOOST_TEST(script.statements()[0].comments == "-- first\n");
  BOOST_TEST(script.statements()[1].comments == " -- of the next\n\n  /* a /* b */ */ ");
  BOOST_TEST(to_string(script.statements()[2].end_place) == "t.sql:4:64");
  BOOST_TEST(script.first_error() == nullptr);
}

BOOST_AUTO_TEST_CASE(one_bad_statement_hides_none_of_the_others) {
  const Script script = parse("SELECT 1;\nSELEC 2;\nSELECT 'é' FROM t x y;\nSELECT 3");
  check_lines(shown(script),
              {
                  "SELECT @t.sql:1:1 SELECT 1",
                  "! syntax error at or near \"SELEC\" @t.sql:2:1 SELEC 2",
                  "! syntax error at or near \"y\" @t.sql:3:21 SELECT 'é' FROM t x y",
                  "SELECT @t.sql:4:1 SELECT 3",
              });
  BOOST_TEST(script.first_error() == &script.statements()[1]);
}

BOOST_AUTO_TEST_CASE(a_string_that_is_never_closed_spoils_only_the_last_statement) {
  check_lines(shown(parse("SELECT 1;\nSELECT 'abc;\nSELECT 2;")),
              {"SELECT @t.sql:1:1 SELECT 1",
               "! unterminated quoted string at or near \"'abc;\nSELECT 2;\" @t.sql:2:8 SELECT "
               "'abc;\nSELECT 2;"});
}

BOOST_AUTO_TEST_CASE(keeps_function_bodies_whole_beside_an_error) {
  const std::string body = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END";
  check_lines(shown(parse(body + "; SELECT 3")),
              {"CREATE FUNCTION @t.sql:1:1 " + body, "SELECT @t.sql:1:71 SELECT 3"});
  check_lines(shown(parse(body + "; SELEC 3")),
              {"CREATE FUNCTION @t.sql:1:1 " + body,
               "! syntax error at or near \"SELEC\" @t.sql:1:71 SELEC 3"});
}

BOOST_AUTO_TEST_CASE(lists_what_only_psql_can_read) {
  const Script script = parse(
      "\\restrict it's\nCREATE TABLE t (a text);\nCOPY t (a) FROM stdin;\nit's; \\N\n\\.\n\\c "
      "other\nSELECT '\\c';\n");
  check_lines(
      shown(script),
      {"! a psql command, which is no SQL: only psql can run it @t.sql:1:1 \\restrict it's",
       "CREATE TABLE @t.sql:2:1 CREATE TABLE t (a text)", "COPY @t.sql:3:1 COPY t (a) FROM stdin",
       "! rows of COPY ... FROM stdin, which are no SQL: only psql can load them @t.sql:4:1 "
       "it's; \\N\n\\.",
       "! a psql command, which is no SQL: only psql can run it @t.sql:6:1 \\c other",
       "SELECT @t.sql:7:1 SELECT '\\c'"});
  check_lines(shown(parse("SELECT 1 \\gexec\nSELECT 2;")),
              {"SELECT @t.sql:1:1 SELECT 1",
               "! a psql command, which is no SQL: only psql can run it @t.sql:1:10 \\gexec",
               "SELECT @t.sql:2:1 SELECT 2"});
}

BOOST_AUTO_TEST_CASE(survives_bytes_that_are_no_text) {
  check_lines(shown(parse("\xEF\xBB\xBFSELECT 1;\r\nSELECT 2;\r\n")),
              {"SELECT @t.sql:1:1 SELECT 1", "SELECT @t.sql:2:1 SELECT 2"});
  const std::string nul = std::string("SELECT 1;\nSELECT '") + '\0' + "'; SELECT 3";
  check_lines(shown(parse(nul)),
              {"SELECT @t.sql:1:1 SELECT 1",
               "! a NUL byte, which PostgreSQL does not take @t.sql:2:9 " + nul.substr(10, 10),
               "SELECT @t.sql:2:13 SELECT 3"});
  check_lines(shown(parse("SELECT '\xFF'; SELECT 2")),
              {"! byte 0xFF is not UTF-8; in Latin-1 it is 'ÿ' @t.sql:1:9 SELECT '\xFF'",
               "SELECT @t.sql:1:13 SELECT 2"});
  check_lines(shown(parse("SELECT '\x84'; SELECT 2")),
              {"! byte 0x84 is not UTF-8 @t.sql:1:9 SELECT '\x84'", "SELECT @t.sql:1:12 SELECT 2"});
  const std::string utf16("\xFF\xFES\0E\0L\0;\0", 10);
  check_lines(
      shown(parse(utf16)),
      {"! the file is UTF-16, as its first two bytes say, and not UTF-8 @t.sql:1:1 " + utf16});
  check_lines(shown(parse("")), {});
  check_lines(shown(parse("-- nothing\n;;\n")), {});
}

BOOST_AUTO_TEST_CASE(survives_any_depth) {
  std::string chained = "SELECT 1";
  for (int i = 0; i < 200'000; ++i) chained += "+1";
  const Script deep = parse(chained + "; SELECT 2");
  BOOST_REQUIRE_EQUAL(deep.statements().size(), 2u);
  BOOST_TEST(!deep.statements()[0].error.has_value());
  BOOST_TEST(deep.statements()[1].tag == "SELECT");

  const std::string nested =
      "SELECT " + std::string(20'000, '(') + "1" + std::string(20'000, ')') + "; SELECT 2";
  const Script clean = parse(nested);
  BOOST_REQUIRE_EQUAL(clean.statements().size(), 2u);
  BOOST_TEST(clean.statements()[0].error->message == "memory exhausted at or near \"(\"");
  BOOST_TEST(clean.statements()[1].tag == "SELECT");

  std::string large = "SELECT 1; SELECT '" + std::string(largest_statement, 'x') + "'";
  const Script capped = parse(large);
  BOOST_REQUIRE_EQUAL(capped.statements().size(), 2u);
  BOOST_TEST(!capped.statements()[0].error.has_value());
  BOOST_TEST((capped.statements()[1].error->kind == ParseError::Kind::too_large));
}

BOOST_AUTO_TEST_CASE(places_in_the_tree_are_offsets_in_the_source) {
  const Script script = parse("SELEC; \n CREATE TABLE é.t (a int)");
  const Statement& create = script.statements()[1];
  const tree::Object& relation = tree::object(tree::body(*create.tree, "CreateStmt"), "relation");
  BOOST_TEST(create.tree_offset + static_cast<std::uint64_t>(tree::number(relation, "location")) ==
             script.source().text().find("é"));
  BOOST_TEST(parse_tree_json("SELECT").starts_with("{\"version\":"));
  BOOST_TEST(parse_tree_json("SELEC") == "");
}

BOOST_AUTO_TEST_CASE(names_statements_as_the_server_does) {
  const std::vector<std::pair<std::string, std::string>> tags{
      {"BEGIN", "BEGIN"},
      {"END", "COMMIT"},
      {"ROLLBACK TO a", "ROLLBACK"},
      {"PREPARE TRANSACTION 'x'", "PREPARE TRANSACTION"},
      {"ALTER TABLE v RENAME COLUMN a TO b", "ALTER TABLE"},
      {"ALTER VIEW v RENAME COLUMN a TO b", "ALTER VIEW"},
      {"ALTER INDEX i RENAME TO j", "ALTER INDEX"},
      {"ALTER TABLE t SET SCHEMA s", "ALTER TABLE"},
      {"ALTER FUNCTION f() OWNER TO o", "ALTER FUNCTION"},
      {"DROP MATERIALIZED VIEW v", "DROP MATERIALIZED VIEW"},
      {"SELECT 1 INTO t", "SELECT INTO"},
      {"CREATE TABLE t AS SELECT 1", "CREATE TABLE AS"},
      {"CREATE MATERIALIZED VIEW v AS SELECT 1", "CREATE MATERIALIZED VIEW"},
      {"CREATE PROCEDURE p() LANGUAGE sql AS ''", "CREATE PROCEDURE"},
      {"CREATE AGGREGATE a (int) (sfunc = f, stype = int)", "CREATE AGGREGATE"},
      {"RESET ALL", "RESET"},
      {"DISCARD ALL", "DISCARD ALL"},
      {"ANALYZE t", "ANALYZE"},
      {"REVOKE a FROM b", "REVOKE ROLE"},
      {"TRUNCATE t", "TRUNCATE TABLE"},
  };
  for (const auto& [sql, tag] : tags)
    BOOST_TEST(parse(sql).statements().at(0).tag == tag, sql << " is not " << tag);
}

BOOST_AUTO_TEST_CASE(knows_what_no_transaction_may_hold) {
  const std::vector<std::pair<std::string, std::string>> reasons{
      {"CREATE INDEX CONCURRENTLY i ON t (a)", "CREATE INDEX CONCURRENTLY"},
      {"CREATE INDEX i ON t (a)", ""},
      {"DROP INDEX CONCURRENTLY i", "DROP INDEX CONCURRENTLY"},
      {"REINDEX TABLE CONCURRENTLY t", "REINDEX CONCURRENTLY"},
      {"REINDEX TABLE t", ""},
      {"REINDEX SCHEMA s", "REINDEX SCHEMA"},
      {"REINDEX DATABASE d", "REINDEX DATABASE"},
      {"REINDEX SYSTEM d", "REINDEX SYSTEM"},
      {"VACUUM t", "VACUUM"},
      {"ANALYZE t", ""},
      {"CREATE DATABASE d", "CREATE DATABASE"},
      {"DROP DATABASE d", "DROP DATABASE"},
      {"CREATE TABLESPACE x LOCATION '/x'", "CREATE TABLESPACE"},
      {"DROP TABLESPACE x", "DROP TABLESPACE"},
      {"ALTER SYSTEM SET a = 1", "ALTER SYSTEM"},
      {"ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
       "ALTER TABLE ... DETACH PARTITION CONCURRENTLY"},
      {"ALTER TABLE t DETACH PARTITION p", ""},
      {"CLUSTER", "CLUSTER"},
      {"CLUSTER t", ""},
      {"CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p", "CREATE SUBSCRIPTION with a slot"},
      {"CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (create_slot = false)", ""},
      {"CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false)", ""},
      {"DISCARD ALL", "DISCARD ALL"},
      {"DISCARD PLANS", ""},
      {"ALTER DATABASE d SET TABLESPACE x", "ALTER DATABASE SET TABLESPACE"},
      {"ALTER DATABASE d SET a = 1", ""},
  };
  for (const auto& [sql, reason] : reasons) {
    const Statement one = parse(sql).statements().at(0);
    BOOST_TEST(one.no_transaction_reason == reason, sql << " is not '" << reason << "'");
    BOOST_TEST(one.outside_transaction == !reason.empty(), sql);
  }
}

BOOST_AUTO_TEST_CASE(sees_transaction_control_that_a_hook_must_not_use) {
  for (const char* sql : {"COMMIT", "select 1; begin", "/* x */ ROLLBACK", "SAVEPOINT a",
                          "PREPARE TRANSACTION 'x'", "COMMIT nonsense at all", "END; SELEC"})
    BOOST_TEST(has_transaction_control(sql), sql);
  for (const char* sql :
       {"SELECT 'COMMIT'", "-- COMMIT\nSELECT 1", "PREPARE p AS SELECT 1", "SELEC begin", "",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END", "DO $$ BEGIN END $$"})
    BOOST_TEST(!has_transaction_control(sql), sql);
}

// The first is the longest: others are done before it.
std::vector<Source> five_hundred() {
  std::vector<Source> sources;
  sources.emplace_back("0", "SELECT 0" + std::string(100'000, ' '));
  for (int i = 1; i < 500; ++i)
    sources.emplace_back(std::to_string(i), "SELECT " + std::to_string(i));
  return sources;
}

void check_order_of_many() {
  std::vector<std::string> names;
  parse_scripts(five_hundred(), [&](const Script& script) {
    names.push_back(script.source().name());
    BOOST_TEST(script.statements().at(0).text == "SELECT " + names.back());
  });
  BOOST_REQUIRE_EQUAL(names.size(), 500u);
  for (int i = 0; i < 500; ++i) BOOST_TEST(names[static_cast<std::size_t>(i)] == std::to_string(i));
}

// A thread with a large stack is one of those that parse.
BOOST_AUTO_TEST_CASE(parses_many_in_their_order) {
  check_order_of_many();
  run_on_large_stack(std::size_t{1} << 30, check_order_of_many);
}

BOOST_AUTO_TEST_CASE(stops_where_somebody_throws) {
  const auto stop = [] {
    std::size_t seen = 0;
    parse_scripts(five_hundred(), [&](const Script&) {
      if (++seen == 3) throw std::runtime_error("enough");
    });
  };
  BOOST_CHECK_THROW(stop(), std::runtime_error);
  BOOST_CHECK_THROW(run_on_large_stack(std::size_t{1} << 30, stop), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::sql
