// SPDX-License-Identifier: MIT
// Rules about rows and values, where they could cry wolf or keep silent.
#include "tests/host/lint/chain.hpp"

namespace host::lint {
namespace {

BOOST_AUTO_TEST_SUITE(safety_rows)

BOOST_AUTO_TEST_CASE(tables_that_are_emptied) {
  const std::string rule = "safety.truncate";
  check_lines(found(rule, {"CREATE TABLE t (a int); TRUNCATE t;",
                           "CREATE TEMP TABLE x (a int); TRUNCATE x; TRUNCATE t, s;"}),
              {"2.up.sql:1:51 all rows of table public.t are deleted",
               "2.up.sql:1:54 all rows of table s are deleted"});
}

BOOST_AUTO_TEST_CASE(tables_that_are_emptied_with_them) {
  const std::string rule = "safety.truncate_cascade";
  silent(rule, {"CREATE TABLE t (a int);", "TRUNCATE t CASCADE;"});
  check_lines(
      found(rule, {"CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (r int REFERENCES r);",
                   "TRUNCATE r CASCADE; TRUNCATE r, t CASCADE;"}),
      {"2.up.sql:1:10 emptying table public.r empties public.t, too"});
}

BOOST_AUTO_TEST_CASE(rows_that_are_all_deleted) {
  const std::string rule = "safety.delete_without_where";
  silent(rule, {"CREATE TABLE t (a int); DELETE FROM t; CREATE TEMP TABLE x (a int); DELETE FROM "
                "x; DELETE FROM u WHERE 1 = 2;"});
  silent(rule,
         {"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM t; END $$;"});
  check_lines(found(rule, {"WITH d AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM "
                           "d;\nDELETE FROM t WHERE true;\nDELETE FROM shop.t WHERE 1 = 1;\nDELETE "
                           "FROM t USING s;\nDO $$ BEGIN DELETE FROM t; END $$;"}),
              {"1.up.sql:1:1 all rows of table a are deleted",
               "1.up.sql:2:1 all rows of table t are deleted",
               "1.up.sql:3:1 all rows of table shop.t are deleted",
               "1.up.sql:4:1 all rows of table t are deleted",
               "1.up.sql:5:13 all rows of table t are deleted"});
}

BOOST_AUTO_TEST_CASE(rows_that_are_all_updated) {
  const std::string rule = "safety.update_without_where";
  silent_of_each(rule, {"CREATE TABLE t (a int); UPDATE t SET a = 1;",
                        "INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2;"});
  check_lines(found(rule, {"UPDATE t SET a = 1 WHERE true;"}),
              {"1.up.sql:1:1 all rows of table t are written again, and locked until the "
               "transaction ends"});
}

BOOST_AUTO_TEST_CASE(batches_and_a_few_rows) {
  const std::string rule = "safety.unbatched_backfill";
  silent_of_each(rule,
                 {"UPDATE t SET a = 1 WHERE name = 'x';", "UPDATE t SET a = 1 WHERE id IN (1, 2);",
                  "UPDATE t SET a = 1 WHERE b BETWEEN 1 AND 2;",
                  "UPDATE t SET a = 1 WHERE id IN (SELECT id FROM t WHERE a IS NULL LIMIT 100);",
                  "UPDATE t SET a = 1 WHERE b LIKE 'x%';", "UPDATE t SET a = 1 WHERE at < now();",
                  "UPDATE t SET a = 1 WHERE id = ANY (ARRAY[1, 2]);",
                  "CREATE TABLE t (a int); UPDATE t SET a = 1 WHERE a IS NULL;",
                  "DO $$ DECLARE n int := 0; BEGIN LOOP UPDATE t SET a = 1 WHERE id > n AND id <= "
                  "n + 100; EXIT WHEN NOT FOUND; n := n + 100; END LOOP; END $$;"});
  check_lines(
      found(rule, {"UPDATE t SET a = b WHERE a IS NULL;\nUPDATE t SET a = s.a FROM s WHERE s.id = "
                   "t.id;\nUPDATE t SET a = b WHERE a IS DISTINCT FROM b;\nUPDATE t SET a = 1 "
                   "WHERE a <> 1;"}),
      {"1.up.sql:1:1 table t is filled by one UPDATE, and its rows are locked until it is done",
       "1.up.sql:2:1 table t is filled by one UPDATE, and its rows are locked until it is done",
       "1.up.sql:3:1 table t is filled by one UPDATE, and its rows are locked until it is done",
       "1.up.sql:4:1 table t is filled by one UPDATE, and its rows are locked until it is done"});
}

BOOST_AUTO_TEST_CASE(values_that_can_be_used) {
  const std::string rule = "safety.enum_value_used_in_transaction";
  const std::string tables =
      "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (s e, n text); CREATE TABLE u (n text);";
  silent(rule, {tables,
                "ALTER TYPE e ADD VALUE 'b';\nINSERT INTO u VALUES ('b');\nCOMMENT ON TYPE e IS "
                "'b';\nCREATE VIEW v AS SELECT * FROM u WHERE n = 'b';"});
  silent(rule, {tables + "ALTER TYPE e ADD VALUE 'b'; INSERT INTO t VALUES ('b');"});
  silent(rule,
         {tables, "-- transaction: off\nALTER TYPE e ADD VALUE 'b';\nINSERT INTO t VALUES ('b');"});
  silent(rule, {tables,
                "-- transaction: off\nBEGIN;\nALTER TYPE e ADD VALUE 'b';\nCOMMIT;\nINSERT INTO t "
                "VALUES ('b');"});
  check_lines(
      found(rule,
            {tables,
             "ALTER TYPE e ADD VALUE 'b';\nSELECT 'b'::e;\nINSERT INTO t VALUES ('b');\nALTER "
             "TABLE t ALTER s SET DEFAULT 'b';\nCREATE VIEW v AS SELECT * FROM t WHERE s = 'b';"}),
      {"2.up.sql:2:1 the new value of type public.e is used before the transaction ends that adds "
       "it: PostgreSQL refuses that",
       "2.up.sql:3:1 the new value of type public.e is used before the transaction ends that adds "
       "it: PostgreSQL refuses that",
       "2.up.sql:4:1 the new value of type public.e is used before the transaction ends that adds "
       "it: PostgreSQL refuses that",
       "2.up.sql:5:1 the new value of type public.e is used before the transaction ends that adds "
       "it: PostgreSQL refuses that"});
  check_lines(found(rule, {tables + "CREATE TABLE w (a int);",
                           "ALTER TYPE e ADD VALUE 'b';\nALTER TABLE w ADD COLUMN s e DEFAULT "
                           "'b';\nALTER TABLE u ADD COLUMN m text DEFAULT 'b';"}),
              {"2.up.sql:2:1 the new value of type public.e is used before the transaction ends "
               "that adds it: PostgreSQL refuses that"});
  check_lines(found(rule, {"ALTER TYPE shop.e ADD VALUE 'b';\nUPDATE t SET s = 'b' WHERE id = "
                           "1;\nUPDATE t SET s = 'c'::shop.e WHERE id = 1;"}),
              {"1.up.sql:2:1 the new value of type shop.e is used before the transaction ends that "
               "adds it: PostgreSQL refuses that"});
}

BOOST_AUTO_TEST_CASE(rows_that_can_be_found) {
  const std::string rule = "safety.replica_identity_missing";
  silent(rule, {"CREATE TABLE t (a int); ALTER TABLE t REPLICA IDENTITY FULL; CREATE TABLE u (a "
                "int); CREATE PUBLICATION p FOR TABLE t; CREATE PUBLICATION q FOR TABLE u WITH "
                "(publish = 'insert');"});
  silent(rule, {"CREATE TABLE u (a int); CREATE PUBLICATION r FOR TABLE u;",
                "ALTER TABLE u ADD PRIMARY KEY (a);"});
  silent(rule, {"CREATE TABLE u (a int); CREATE PUBLICATION r FOR TABLE u;",
                "ALTER PUBLICATION r DROP TABLE u;", "ALTER PUBLICATION r ADD TABLE x;"});
  check_lines(found(rule, {"CREATE TABLE u (a int);\nCREATE TABLE w (a int PRIMARY KEY);\nCREATE "
                           "TEMP TABLE x (a int);\nCREATE PUBLICATION r FOR ALL TABLES;"}),
              {"1.up.sql:4:1 rows of table public.u can be neither updated nor deleted once it is "
               "published"});
  check_lines(found(rule, {"CREATE TABLE u (a int);\nCREATE PUBLICATION r;",
                           "ALTER PUBLICATION r ADD TABLE u;"}),
              {"1.up.sql:2:1 rows of table public.u can be neither updated nor deleted once it is "
               "published"});
}

BOOST_AUTO_TEST_CASE(settings_of_a_database) {
  const std::string rule = "safety.alter_system";
  check_lines(found(rule, {"-- transaction: off\nALTER SYSTEM RESET ALL;\nALTER DATABASE d SET "
                           "work_mem = '1MB';\nSET work_mem = '1MB';"}),
              {"1.up.sql:2:1 all settings change for every database of the server"});
}

BOOST_AUTO_TEST_CASE(changes_of_one_migration) {
  const std::string rule = "safety.one_change_per_migration";
  silent(rule, {"SET lock_timeout = '2s'; CREATE TABLE t (a int); CREATE INDEX ON t (a); ALTER "
                "TABLE t ADD COLUMN b int; COMMENT ON TABLE t IS 'x'; GRANT SELECT ON t TO app; "
                "INSERT INTO t VALUES (1);"});
  check_lines(found(rule, {"CREATE TABLE t (a int);\nCREATE TABLE s (a int);\nDROP VIEW v;"}),
              {"1.up.sql:2:1 CREATE TABLE is the second change of this migration"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
