// SPDX-License-Identifier: MIT
// Rules about names and definitions that programs know, where they could cry wolf or keep silent.
#include "tests/host/lint/chain.hpp"

namespace host::lint {
namespace {

BOOST_AUTO_TEST_SUITE(safety_names)

BOOST_AUTO_TEST_CASE(tables_that_are_made_again) {
  const std::string rule = "safety.force_recreate_table";
  silent_of_each(rule, {"DROP TABLE t; CREATE TABLE s (a int);",
                        "CREATE TABLE t (a int); DROP TABLE t; CREATE TABLE t (b int);",
                        "DROP TABLE IF EXISTS shop.t; CREATE TABLE t (b int);",
                        "CREATE TEMP TABLE x (a int); DROP TABLE x; CREATE TEMP TABLE x (a int);"});
  check_lines(
      found(rule, {"DROP TABLE IF EXISTS t;\nCREATE TABLE t AS SELECT 1 AS a;"}),
      {"1.up.sql:2:1 table t is made again, empty, after it was dropped with all its rows"});
  speaks(rule, {"DROP TABLE IF EXISTS shop.t;\nCREATE TABLE shop.t (b int);"});
}

BOOST_AUTO_TEST_CASE(indexes_that_are_replaced) {
  const std::string rule = "safety.replace_index_order";
  const std::string table = "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a);";
  silent(rule, {table, "CREATE INDEX j ON t (a, b);\nDROP INDEX i;"});
  silent(rule, {table, "DROP INDEX i;\nCREATE INDEX j ON t (b);"});
  silent(rule, {table + "DROP INDEX i; CREATE INDEX i ON t (b);"});
  silent(rule, {"-- transaction: off\nDROP INDEX CONCURRENTLY IF EXISTS i;\nCREATE INDEX "
                "CONCURRENTLY i ON t (a);"});
  silent(rule,
         {"CREATE TABLE t (a text); CREATE INDEX i ON t (lower(a)); CREATE INDEX g ON t USING hash "
          "(a);",
          "DROP INDEX i; DROP INDEX g; CREATE INDEX j ON t (upper(a)); CREATE INDEX h ON t (a);"});
  check_lines(found(rule, {table, "DROP INDEX i;\nCREATE INDEX j ON t (a, b);"}),
              {"2.up.sql:1:12 index public.i is dropped before j is there in its place: queries of "
               "the table wait until it is"});
  check_lines(found(rule, {"DROP INDEX i;\nCREATE INDEX i ON t (a);"}),
              {"1.up.sql:1:12 index i is dropped before i is there in its place: queries of the "
               "table wait until it is"});
}

BOOST_AUTO_TEST_CASE(old_names_that_something_has) {
  const std::string rule = "safety.rename_table";
  silent(rule, {"CREATE TABLE t_new (a int);\nALTER TABLE t RENAME TO t_old;\nALTER TABLE t_new "
                "RENAME TO t;"});
  silent(rule, {"CREATE TABLE t (a int); ALTER TABLE t RENAME TO s;"});
  silent(rule, {"CREATE TABLE t (a int);",
                "ALTER TABLE t RENAME TO s;\nCREATE VIEW t AS SELECT * FROM s;"});
  silent(rule,
         {"CREATE TABLE p (k int) PARTITION BY LIST (k); CREATE TABLE q PARTITION OF p DEFAULT;",
          "ALTER TABLE q RENAME TO r;"});
  silent(rule, {"CREATE TABLE t (a int); CREATE VIEW v AS SELECT 1 AS a; CREATE SEQUENCE q; CREATE "
                "INDEX i ON t (a);",
                "ALTER TABLE v RENAME TO w; ALTER TABLE q RENAME TO p; ALTER TABLE i RENAME TO j; "
                "ALTER INDEX j RENAME TO k;"});
  check_lines(
      found(rule,
            {"-- transaction: off\nALTER TABLE t RENAME TO s;\nCREATE VIEW t AS SELECT * FROM s;"}),
      {"1.up.sql:2:1 programs that use table t fail once it is named s"});
  check_lines(found(rule, {"CREATE TABLE t (a int);",
                           "ALTER TABLE t RENAME TO s;\nCREATE VIEW w AS SELECT * FROM s;"}),
              {"2.up.sql:1:1 programs that use table public.t fail once it is named s"});
  check_lines(found(rule, {"ALTER TABLE shop.t RENAME TO \"S\";"}),
              {"1.up.sql:1:1 programs that use table shop.t fail once it is named \"S\""});
}

BOOST_AUTO_TEST_CASE(columns_of_tables) {
  const std::string rule = "safety.rename_column";
  silent_of_each(rule, {"CREATE TABLE t (a int); ALTER TABLE t RENAME a TO c;",
                        "ALTER TABLE t ADD COLUMN a int;\nALTER TABLE t RENAME a TO c;"});
  silent(rule, {"CREATE VIEW v AS SELECT 1 AS a;",
                "ALTER VIEW v RENAME a TO c; ALTER TABLE v RENAME COLUMN c TO d; ALTER TABLE t "
                "RENAME CONSTRAINT x TO y;"});
}

BOOST_AUTO_TEST_CASE(objects_that_programs_name) {
  const std::string rule = "safety.rename_object";
  silent(rule, {"ALTER INDEX i RENAME TO j; ALTER TABLE t RENAME CONSTRAINT x TO y; ALTER TRIGGER "
                "g ON t RENAME TO h; ALTER POLICY p ON t RENAME TO q; ALTER TABLE t RENAME TO s; "
                "ALTER DOMAIN d RENAME CONSTRAINT a TO b;"});
  silent(rule, {"CREATE TYPE ty AS (a int); ALTER TYPE ty RENAME ATTRIBUTE a TO b; CREATE FUNCTION "
                "f() RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION f() RENAME TO g;"});
  check_lines(found(rule, {"CREATE VIEW v AS SELECT 1 AS a;",
                           "ALTER VIEW v RENAME a TO c;\nALTER TABLE v RENAME TO w;"}),
              {"2.up.sql:1:1 programs that use column v.a fail once it is named c",
               "2.up.sql:2:1 programs that use view public.v fail once it is named w"});
  check_lines(found(rule, {"ALTER TYPE ty RENAME ATTRIBUTE a TO b;\nALTER MATERIALIZED VIEW m "
                           "RENAME TO n;\nALTER PROCEDURE p() RENAME TO q;"}),
              {"1.up.sql:1:1 programs that use attribute ty.a fail once it is named b",
               "1.up.sql:2:1 programs that use materialized view m fail once it is named n",
               "1.up.sql:3:1 programs that use procedure p fail once it is named q"});
}

BOOST_AUTO_TEST_CASE(values_of_new_types) {
  const std::string rule = "safety.rename_enum_value";
  silent(rule, {"CREATE TYPE e AS ENUM ('a'); ALTER TYPE e RENAME VALUE 'a' TO 'b'; ALTER TYPE e "
                "ADD VALUE 'c';"});
}

BOOST_AUTO_TEST_CASE(what_goes_to_another_schema) {
  const std::string rule = "safety.set_schema";
  silent(rule, {"CREATE TABLE t (a int); ALTER TABLE t SET SCHEMA s;"});
  check_lines(
      found(rule, {"ALTER EXTENSION hstore SET SCHEMA s;\nALTER FUNCTION f(int) SET SCHEMA s;"}),
      {"1.up.sql:1:1 programs that use extension hstore do not find it in schema s",
       "1.up.sql:2:1 programs that use function f do not find it in schema s"});
}

BOOST_AUTO_TEST_CASE(functions_that_are_replaced) {
  const std::string rule = "safety.function_signature_change";
  const std::string f = "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';";
  silent(rule,
         {f, "CREATE OR REPLACE FUNCTION f(a integer) RETURNS int4 LANGUAGE sql AS 'SELECT 2';"});
  silent(rule, {f, "CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql AS 'SELECT 2';"});
  silent(rule, {f,
                "CREATE OR REPLACE FUNCTION f(a text) RETURNS int LANGUAGE sql AS 'SELECT "
                "2';\nDROP FUNCTION f(int);"});
  silent(rule,
         {f + "CREATE OR REPLACE FUNCTION f(a text) RETURNS int LANGUAGE sql AS 'SELECT 2';"});
  silent(rule, {"CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';",
                "CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';"});
  silent(rule, {"CREATE OR REPLACE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1';"});
  check_lines(
      found(rule,
            {f, "CREATE OR REPLACE FUNCTION f(a int) RETURNS bigint LANGUAGE sql AS 'SELECT 2';"}),
      {"2.up.sql:1:1 function public.f has another result now: PostgreSQL does not replace it by "
       "that"});
  check_lines(
      found(rule,
            {f, "CREATE OR REPLACE FUNCTION f(b int) RETURNS int LANGUAGE sql AS 'SELECT 2';"}),
      {"2.up.sql:1:1 function public.f has another name of an argument now: PostgreSQL does not "
       "replace it by that"});
  check_lines(
      found(rule, {"CREATE FUNCTION f(a int, OUT b int) LANGUAGE sql AS 'SELECT 1';",
                   "CREATE OR REPLACE FUNCTION f(a int, OUT b text) LANGUAGE sql AS 'SELECT 1';"}),
      {"2.up.sql:1:1 function public.f has another result now: PostgreSQL does not replace it by "
       "that"});
  check_lines(
      found(rule, {"CREATE FUNCTION f(int) RETURNS TABLE (x int) LANGUAGE sql AS 'SELECT 1';",
                   "CREATE OR REPLACE FUNCTION f(a int) RETURNS TABLE (x int, y int) LANGUAGE sql "
                   "AS 'SELECT 1';"}),
      {"2.up.sql:1:1 function public.f has another result now: PostgreSQL does not replace it by "
       "that"});
}

BOOST_AUTO_TEST_CASE(grants_that_are_lost) {
  const std::string rule = "safety.function_drop_loses_grants";
  const std::string f = "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';";
  silent(rule, {f, "DROP FUNCTION f(int);\n" + f});
  silent(rule, {f + "GRANT EXECUTE ON FUNCTION f(int) TO app;",
                "DROP FUNCTION f(int);\n" + f + "GRANT EXECUTE ON FUNCTION f(int) TO app;"});
  silent(rule, {"DROP FUNCTION IF EXISTS f(int);\n" + f});
  silent(rule, {"DROP VIEW a.v;\nCREATE VIEW b.v AS SELECT 1 AS a;"});
  check_lines(
      found(rule, {f + "GRANT EXECUTE ON FUNCTION f(int) TO app;", "DROP FUNCTION f(int);\n" + f}),
      {"2.up.sql:2:1 function f is made again without the grants that it had"});
  check_lines(found(rule, {f + "REVOKE ALL ON FUNCTION f(int) FROM PUBLIC;",
                           "DROP FUNCTION f(int);\n" + f}),
              {"2.up.sql:2:1 function f is made again without the grants that it had"});
  check_lines(
      found(rule, {"CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; GRANT SELECT ON m TO app;",
                   "DROP MATERIALIZED VIEW m;\nCREATE MATERIALIZED VIEW m AS SELECT 2 AS a;"}),
      {"2.up.sql:2:1 view m is made again without the grants that it had"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
