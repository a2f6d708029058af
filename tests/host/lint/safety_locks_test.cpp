// SPDX-License-Identifier: MIT
// Rules about locks, scans and rewrites, where they could cry wolf or keep silent.
#include "tests/host/lint/chain.hpp"

namespace host::lint {
namespace {

BOOST_AUTO_TEST_SUITE(safety_locks)

BOOST_AUTO_TEST_CASE(indexes_are_built_concurrently_where_somebody_waits) {
  const std::string rule = "safety.require_concurrent_index_creation";
  check_lines(found(rule, {"CREATE INDEX ON shop.t (a);"}),
              {"1.up.sql:1:1 index t_a_idx is built while nobody can write to table shop.t"});
  silent_of_each(rule, {"CREATE TABLE t (a int); CREATE INDEX ON t (a);",
                        "CREATE TABLE t AS SELECT 1 AS a; CREATE INDEX ON t (a);",
                        "CREATE INDEX ON ONLY t (a);"});
  silent(rule, {"CREATE TEMP TABLE t (a int);\nCREATE MATERIALIZED VIEW v AS SELECT 1 AS a;",
                "CREATE INDEX ON v (a);"});
  // Made and indexed in another file.
  speaks(rule, {"DO $$ BEGIN CREATE INDEX ON t (a); END $$;"});
  BOOST_TEST(found(rule, {"CREATE TABLE t (a int);", "CREATE INDEX ON t (a);"}).size() == 1u);
  // IF NOT EXISTS, and it does.
  silent(rule, {"CREATE TABLE t (a int);\nCREATE INDEX i ON t (a);",
                "CREATE INDEX IF NOT EXISTS i ON t (a);"});
}

BOOST_AUTO_TEST_CASE(options_that_are_off_are_off) {
  speaks("safety.require_concurrent_reindex",
         {"REINDEX (CONCURRENTLY false) TABLE t;", "REINDEX SCHEMA shop;", "REINDEX SYSTEM d;"});
  silent_of_each("safety.require_concurrent_reindex",
                 {"REINDEX (VERBOSE, CONCURRENTLY) INDEX i;", "REINDEX DATABASE CONCURRENTLY d;"});
  speaks("safety.vacuum_full", {"VACUUM FULL;", "VACUUM (FULL) t;", "VACUUM (FULL on, ANALYZE) t;",
                                "CLUSTER;", "CLUSTER t USING i;"});
  silent_of_each("safety.vacuum_full",
                 {"VACUUM;", "VACUUM (FULL false) t;", "VACUUM (FULL off) t;", "ANALYZE t;",
                  "CREATE TABLE t (a int); CLUSTER t USING i;"});
}

BOOST_AUTO_TEST_CASE(a_refresh_that_runs_no_query_keeps_nobody_waiting) {
  const std::string rule = "safety.require_concurrent_refresh";
  silent_of_each(rule, {"REFRESH MATERIALIZED VIEW v WITH NO DATA;",
                        "REFRESH MATERIALIZED VIEW CONCURRENTLY v;",
                        "CREATE MATERIALIZED VIEW v AS SELECT 1; REFRESH MATERIALIZED VIEW v;"});
}

BOOST_AUTO_TEST_CASE(transactions_are_counted) {
  const std::string nesting = "safety.transaction_nesting", open = "safety.uncommitted_transaction";
  check_lines(found(nesting, {"BEGIN;\nSELECT 1;\nCOMMIT;\nBEGIN;\nCOMMIT;\nROLLBACK;"}),
              {"1.up.sql:1:1 BEGIN stands inside the transaction that the migration runs in, and "
               "opens none",
               "1.up.sql:3:1 COMMIT ends the transaction that the migration runs in",
               "1.up.sql:6:1 ROLLBACK ends no transaction: there is none"});
  silent_of_each(
      nesting,
      {"-- transaction: off\nBEGIN;\nSAVEPOINT s;\nROLLBACK TO s;\nCOMMIT AND CHAIN;\nROLLBACK;",
       "SAVEPOINT s; ROLLBACK TO SAVEPOINT s;"});
  silent_of_each(open, {"BEGIN;", "-- transaction: off\nBEGIN; PREPARE TRANSACTION 'x';",
                        "-- transaction: off\nBEGIN; ROLLBACK;"});
  check_lines(found(open, {"-- transaction: off\nBEGIN;\nCOMMIT AND CHAIN;"}),
              {"1.up.sql:3:1 COMMIT AND CHAIN opens a transaction that is never committed"});
}

BOOST_AUTO_TEST_CASE(settings_end_with_the_transaction) {
  const std::string rule = "safety.set_without_local";
  speaks(rule, {"SET search_path = shop;", "SET SESSION lock_timeout = 1;", "SET ROLE admin;",
                "SET TIME ZONE 'UTC';"});
  silent_of_each(rule, {"SET LOCAL lock_timeout = 1;", "SET lock_timeout = 1; RESET lock_timeout;",
                        "SET lock_timeout = 1; SET lock_timeout TO DEFAULT;",
                        "SET lock_timeout = 1; RESET ALL;", "SET TRANSACTION READ ONLY;",
                        "-- transaction: off\nSET lock_timeout = 1;",
                        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY;"});
}

BOOST_AUTO_TEST_CASE(constraints_are_validated_in_another_transaction) {
  const std::string rule = "safety.validate_in_same_transaction";
  const std::string add = "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID",
                    validate = "ALTER TABLE t VALIDATE CONSTRAINT c;";
  speaks(rule, {add + ";" + validate, "-- transaction: off\n" + add + ", VALIDATE CONSTRAINT c;",
                "-- transaction: off\nBEGIN;" + add + ";" + validate + "COMMIT;"});
  silent_of_each(rule,
                 {"-- transaction: off\n" + add + ";" + validate,
                  "-- transaction: off\nBEGIN;" + add + ";COMMIT;BEGIN;" + validate + "COMMIT;",
                  "CREATE TABLE t (a int);" + add + ";" + validate,
                  "ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID; ALTER DOMAIN d "
                  "VALIDATE CONSTRAINT c;"});
  silent(rule, {add + ";", validate});
}

BOOST_AUTO_TEST_CASE(a_foreign_key_of_a_partitioned_table) {
  const std::string table = "CREATE TABLE p (d date, c int) PARTITION BY RANGE (d);",
                    key = "ALTER TABLE p ADD FOREIGN KEY (c) REFERENCES r";
  BOOST_TEST(
      found("safety.not_valid_foreign_key_on_partitioned", {table, key + " NOT VALID;"}).size() ==
      1u);
  silent("safety.not_valid_foreign_key_on_partitioned",
         {table, "ALTER TABLE plain ADD FOREIGN KEY (c) REFERENCES p NOT VALID;"});
  check_lines(
      found("safety.add_foreign_key_without_not_valid", {table, key + ";"}),
      {"2.up.sql:1:15 foreign key p_c_fkey looks up every row of table public.p while nobody can "
       "write to it or to r"});
}

BOOST_AUTO_TEST_CASE(unique_again_is_unique_already) {
  const std::string rule = "safety.unique_may_fail";
  silent(rule, {"CREATE TABLE t (a int PRIMARY KEY, b int);", "ALTER TABLE t ADD UNIQUE (b, a);"});
  silent(rule, {"CREATE TABLE t (a int, b int);\nCREATE UNIQUE INDEX ON t (a);",
                "CREATE UNIQUE INDEX CONCURRENTLY ON t (a, b);"});
  silent(rule, {"ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX i;"});
  BOOST_TEST(found(rule, {"CREATE TABLE t (a int, b int);\nCREATE UNIQUE INDEX ON t (a);",
                          "ALTER TABLE t ADD UNIQUE NULLS NOT DISTINCT (a, b);"})
                 .size() == 1u);
  BOOST_TEST(found(rule, {"CREATE TABLE t (a int);\nCREATE UNIQUE INDEX ON t (a) WHERE a > 0;",
                          "ALTER TABLE t ADD UNIQUE (a);"})
                 .size() == 1u);
}

BOOST_AUTO_TEST_CASE(not_null_that_is_proven_reads_nothing) {
  const std::string rule = "safety.set_not_null", set = "ALTER TABLE t ALTER a SET NOT NULL;";
  silent(rule, {"CREATE TABLE t (a int NOT NULL);", set});
  silent(rule, {"ALTER TABLE t ADD CHECK (a IS NOT NULL AND a > 0);", set});
  silent_of_each(rule, {"CREATE TABLE t (a int);" + set, "ALTER DOMAIN d SET NOT NULL;"});
  // Each of these proves nothing, for PostgreSQL.
  for (const char* check :
       {"ALTER TABLE t ADD CHECK (a > 0);", "ALTER TABLE t ADD CHECK (a IS NOT NULL) NOT VALID;",
        "ALTER TABLE t ADD CHECK (a IS NOT NULL OR b > 0);",
        "ALTER TABLE t ADD CHECK (b IS NOT NULL);"})
    BOOST_TEST_CONTEXT(check) BOOST_TEST(found(rule, {check, set}).size() == 1u);
  // The column is new, its table is not.
  speaks(rule, {"ALTER TABLE t ADD COLUMN a int DEFAULT 1;" + set});
}

BOOST_AUTO_TEST_CASE(defaults_that_rewrite) {
  const std::string rule = "safety.add_column_volatile_default";
  const auto with = [](const std::string& value) {
    return "ALTER TABLE t ADD COLUMN c text DEFAULT " + value + ";";
  };
  speaks(rule,
         {with("random()"), with("pg_catalog.clock_timestamp()"), with("'x' || timeofday()"),
          with("extensions.uuid_generate_v4()"), with("nextval('s')"),
          "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT 1';" + with("app.f()"),
          with("app.own()"),
          "CREATE DOMAIN d AS uuid DEFAULT gen_random_uuid(); ALTER TABLE t ADD COLUMN c d;"});
  silent_of_each(
      rule,
      {with("-1"), with("(1)"), with("CURRENT_DATE"), with("CURRENT_USER"),
       with("pg_catalog.now()"), with("concat('a', 'b')"), with("now() + interval '1 day'"),
       with("ts_rewrite('a', 'b', 'c')"), with("statement_timestamp()"), with("NULL"),
       "CREATE FUNCTION f() RETURNS text STABLE LANGUAGE sql AS 'SELECT 1';" + with("app.f()"),
       "ALTER TABLE t ADD COLUMN c bigserial;", "CREATE TABLE t (a int);" + with("random()")});
  silent(rule, {"CREATE TABLE t (c text);",
                "ALTER TABLE t ADD COLUMN IF NOT EXISTS c text DEFAULT random();"});
}

BOOST_AUTO_TEST_CASE(columns_that_must_be_given) {
  const std::string rule = "safety.add_required_column";
  const auto with = [](const std::string& rest) {
    return "ALTER TABLE t ADD COLUMN c " + rest + ";";
  };
  speaks(rule, {with("int NOT NULL"), with("int NOT NULL DEFAULT NULL"), with("int PRIMARY KEY"),
                "CREATE DOMAIN d AS int NOT NULL;" + with("d")});
  silent_of_each(rule, {with("int"), with("int NOT NULL DEFAULT 0"), with("bigserial PRIMARY KEY"),
                        with("int GENERATED ALWAYS AS IDENTITY"),
                        with("int NOT NULL GENERATED ALWAYS AS (a) STORED"),
                        "CREATE DOMAIN d AS int NOT NULL DEFAULT 1;" + with("d"),
                        "CREATE DOMAIN d AS int NOT NULL;" + with("d[]")});
}

BOOST_AUTO_TEST_CASE(domains_that_rewrite) {
  const std::string rule = "safety.add_column_domain", add = "ALTER TABLE t ADD COLUMN c d;";
  speaks(rule, {"CREATE DOMAIN d AS int CHECK (VALUE > 0);" + add,
                "CREATE DOMAIN e AS int NOT NULL; CREATE DOMAIN d AS e;" + add});
  silent_of_each(
      rule, {"CREATE DOMAIN d AS int;" + add,
             "CREATE DOMAIN d AS int CHECK (VALUE > 0); ALTER TABLE t ADD COLUMN c d[];", add});
}

BOOST_AUTO_TEST_CASE(constraints_inside_of_add_column) {
  const std::string rule = "safety.add_column_inline_constraint";
  check_lines(
      found(rule, {"ALTER TABLE t ADD COLUMN c int REFERENCES r UNIQUE;"}),
      {"1.up.sql:1:32 foreign key t_c_fkey keeps writers from table r while the column is added",
       "1.up.sql:1:45 unique constraint t_c_key builds its index while nobody can read or write "
       "table t"});
  silent_of_each(
      rule, {"CREATE TABLE r (id int PRIMARY KEY); ALTER TABLE t ADD COLUMN c int REFERENCES r;",
             "ALTER TABLE t ADD COLUMN c int REFERENCES t;",
             "ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT 1;"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
