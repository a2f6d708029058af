// SPDX-License-Identifier: MIT
// Rules about what one transaction does, where they could cry wolf or keep silent.
#include "tests/host/lint/chain.hpp"

namespace host::lint {
namespace {

BOOST_AUTO_TEST_SUITE(safety_transactions)

BOOST_AUTO_TEST_CASE(domains_in_use) {
  const std::string rule = "safety.alter_domain_add_constraint";
  silent_of_each(rule, {"CREATE DOMAIN d AS int; ALTER DOMAIN d ADD CHECK (VALUE > 0);",
                        "ALTER DOMAIN d DROP CONSTRAINT c; ALTER TABLE t ADD CHECK (a > 0);"});
  speaks(rule, {"ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0);"});
}

BOOST_AUTO_TEST_CASE(domains_that_are_not_null) {
  const std::string rule = "safety.alter_domain_set_not_null";
  silent(rule, {"CREATE DOMAIN d AS int NOT NULL;", "ALTER DOMAIN d SET NOT NULL;"});
  silent(rule, {"ALTER TABLE t ALTER a SET NOT NULL; ALTER DOMAIN d DROP NOT NULL;"});
}

BOOST_AUTO_TEST_CASE(one_table_at_a_time) {
  const std::string rule = "safety.multiple_access_exclusive";
  silent(rule, {"ALTER TABLE t ADD COLUMN c int; ALTER TABLE t ADD COLUMN d int; ALTER TABLE r "
                "VALIDATE CONSTRAINT c; CREATE INDEX ON r (a);"});
  silent(
      rule,
      {"CREATE TABLE t (a int); ALTER TABLE t ADD COLUMN c int; ALTER TABLE r ADD COLUMN c int;"});
  silent(rule,
         {"-- transaction: off\nALTER TABLE t ADD COLUMN c int;\nALTER TABLE r ADD COLUMN c int;"});
  silent(rule, {"-- transaction: off\nBEGIN;\nALTER TABLE t ADD COLUMN c "
                "int;\nCOMMIT;\nBEGIN;\nALTER TABLE r ADD COLUMN c int;\nCOMMIT;"});
  silent(rule, {"DROP VIEW v; DROP INDEX i; ALTER TABLE t ADD COLUMN c int; CREATE TEMP TABLE x (a "
                "int); TRUNCATE x;"});
  check_lines(
      found(
          rule,
          {"DO $$ BEGIN ALTER TABLE t ADD COLUMN c int; ALTER TABLE r ADD COLUMN c int; END $$;"}),
      {"1.up.sql:1:45 one transaction keeps everybody from tables t and r until it ends"});
  check_lines(
      found(rule, {"DROP TABLE a, b, c;"}),
      {"1.up.sql:1:15 one transaction keeps everybody from tables a, b and c until it ends"});
  check_lines(
      found(rule, {"CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (r int REFERENCES r);",
                   "DROP TABLE t;"}),
      {"2.up.sql:1:12 one transaction keeps everybody from tables public.t and public.r until it "
       "ends"});
}

BOOST_AUTO_TEST_CASE(short_work_under_a_lock) {
  const std::string rule = "safety.statement_after_access_exclusive";
  silent(rule, {"ALTER TABLE t ADD COLUMN c int; INSERT INTO r VALUES (1); COMMENT ON TABLE t IS "
                "'x'; CREATE TABLE n (a int); CREATE INDEX ON n (a); INSERT INTO n SELECT 1;"});
  silent_of_each(
      rule, {"UPDATE r SET a = 1; ALTER TABLE t ADD COLUMN c int;",
             "DROP VIEW v; UPDATE r SET a = 1;", "DROP TABLE t; CREATE INDEX ON r (a);",
             "-- transaction: off\nALTER TABLE t ADD COLUMN c int;\nUPDATE r SET a = 1;",
             "CREATE TEMP TABLE x (a int);\nALTER TABLE x ADD COLUMN c int;\nUPDATE r SET a = 1;"});
  check_lines(found(rule, {"ALTER TABLE t ADD COLUMN c int;\nINSERT INTO r SELECT * FROM s;"}),
              {"1.up.sql:2:1 nobody can use table t while INSERT runs: ALTER TABLE has locked it"});
}

BOOST_AUTO_TEST_CASE(actions_of_one_statement) {
  const std::string rule = "safety.multiple_alter_table";
  silent_of_each(
      rule,
      {"ALTER TABLE t ADD COLUMN a int;\nUPDATE t SET a = 1;\nALTER TABLE t ALTER a SET NOT NULL;",
       "ALTER TABLE t ADD COLUMN a int;\nALTER TABLE t ALTER COLUMN a TYPE bigint;\nALTER TABLE t "
       "RENAME TO s;",
       "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;\nALTER TABLE t VALIDATE CONSTRAINT "
       "c;",
       "ALTER TABLE t ADD COLUMN a int;\nALTER TABLE s ADD COLUMN a int;\nALTER TABLE ONLY s ADD "
       "COLUMN b int;",
       "CREATE TABLE t (a int); ALTER TABLE t ADD COLUMN c int; ALTER TABLE t ADD COLUMN d int;",
       "ALTER TABLE t ATTACH PARTITION p DEFAULT;\nALTER TABLE t ADD COLUMN d int;\nALTER INDEX i "
       "SET (fillfactor = 10);\nALTER INDEX i SET (fillfactor = 20);"});
  check_lines(
      found(rule, {"ALTER TABLE t ADD COLUMN c int;\nALTER TABLE t ADD COLUMN d int;\nALTER TABLE "
                   "t ADD COLUMN e int;"}),
      {"1.up.sql:2:1 table t is altered by a second statement that could be part of the first",
       "1.up.sql:3:1 table t is altered by a second statement that could be part of the first"});
}

BOOST_AUTO_TEST_CASE(foreign_keys_to_one_table) {
  const std::string rule = "safety.multiple_foreign_keys";
  silent_of_each(
      rule, {"CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (r int REFERENCES r, s int "
             "REFERENCES s);",
             "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r, ADD FOREIGN KEY (b) REFERENCES r;",
             "ALTER TABLE t DISABLE TRIGGER ALL; ALTER TABLE s DISABLE TRIGGER ALL;"});
  check_lines(
      found(rule,
            {"ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r, ADD FOREIGN KEY (b) REFERENCES s;"}),
      {"1.up.sql:1:49 foreign keys of one transaction keep all writers from tables r and s until "
       "it ends"});
}

BOOST_AUTO_TEST_CASE(statements_that_keep_nobody_waiting_need_no_timeout) {
  const std::string rule = "safety.require_lock_timeout";
  silent_of_each(rule,
                 {"CREATE TABLE t (a int); ALTER TABLE t ADD COLUMN c int; CREATE INDEX ON t (a);",
                  "-- transaction: off\nCREATE INDEX CONCURRENTLY ON t (a);",
                  "INSERT INTO t VALUES (1); UPDATE t SET a = 1; COMMENT ON TABLE t IS 'x'; CREATE "
                  "FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';",
                  "SELECT set_config('lock_timeout', '2s', true); ALTER TABLE t ADD COLUMN c int;",
                  "CREATE TEMP TABLE n (a int);\nALTER TABLE n ADD COLUMN b int;"});
  check_lines(found(rule, {"ALTER TABLE t ADD COLUMN a int; ALTER TABLE s ADD COLUMN a int;"}),
              {"1.up.sql:1:1 ALTER TABLE waits without end for its lock on t, and everybody who "
               "comes later waits behind it"});
  check_lines(found(rule, {"CREATE TABLE n (a int REFERENCES t);"}),
              {"1.up.sql:1:1 CREATE TABLE waits without end for its lock on t, and everybody who "
               "comes later waits behind it"});
  check_lines(found(rule, {"DROP TRIGGER g ON t;"}),
              {"1.up.sql:1:1 DROP TRIGGER waits without end for its lock on t, and everybody who "
               "comes later waits behind it"});
}

BOOST_AUTO_TEST_CASE(timeouts_that_are_in_force) {
  const std::string rule = "safety.lock_timeout_unbounded";
  silent_of_each(
      rule,
      {"SET lock_timeout = '2s';\nALTER TABLE t ADD COLUMN c int;\nRESET lock_timeout;\nSELECT 1;",
       "SET lock_timeout = 0;\nCREATE TABLE t (a int);\nCREATE INDEX ON t (a);",
       "SELECT set_config('lock_timeout', '2s', true); ALTER TABLE t ADD COLUMN c int;",
       "ALTER TABLE t ADD COLUMN c int;"});
  check_lines(found(rule, {"SET lock_timeout = '2s';\nRESET ALL;\nALTER TABLE t ADD COLUMN c "
                           "int;\nALTER TABLE t ADD COLUMN d int;"}),
              {"1.up.sql:2:1 lock_timeout is switched off, and ALTER TABLE waits for its lock on t "
               "without end"});
  check_lines(
      found(rule,
            {"SELECT set_config('lock_timeout', '90s', false);\nALTER TABLE t ADD COLUMN c int;"}),
      {"1.up.sql:1:1 with a lock_timeout of 90 s ALTER TABLE waits for its lock on t that long, "
       "and everybody who comes later behind it"});
  check_lines(found(rule, {"ALTER TABLE t ADD COLUMN c int;\nSET lock_timeout = '2s';"}),
              {"1.up.sql:2:1 lock_timeout is set after ALTER TABLE has waited without one"});
  check_lines(
      found(
          rule,
          {"-- transaction: off\nSET LOCAL lock_timeout = '2s';\nALTER TABLE t ADD COLUMN c int;"}),
      {"1.up.sql:2:1 SET LOCAL outside a transaction sets nothing: ALTER TABLE waits for its lock "
       "on t without end"});
}

BOOST_AUTO_TEST_CASE(sql_that_can_be_seen) {
  const std::string rule = "safety.opaque_statement";
  silent(rule, {"DO $$ BEGIN EXECUTE 'ALTER TABLE t ADD COLUMN c int'; PERFORM 1; END $$; CREATE "
                "FUNCTION f(a text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE a; END $$;"});
  check_lines(found(rule, {"DO LANGUAGE plpython3u $$ pass $$;\nCALL p();\nEXECUTE q;"}),
              {"1.up.sql:1:1 DO runs a text in plpython3u, whose SQL is not judged",
               "1.up.sql:2:1 CALL runs a procedure, whose SQL is not judged",
               "1.up.sql:3:1 EXECUTE runs a prepared statement, which is not judged"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
