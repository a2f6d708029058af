// SPDX-License-Identifier: MIT
// Rules about what is dropped, where they could cry wolf or keep silent.
#include "tests/host/lint/chain.hpp"

namespace host::lint {
namespace {

BOOST_AUTO_TEST_SUITE(safety_drops)

BOOST_AUTO_TEST_CASE(what_goes_with_a_table) {
  const std::string rule = "safety.drop_table_cascade";
  const std::string t = "CREATE TABLE t (a int, b text);";
  silent(rule, {t, "DROP TABLE t CASCADE;"});
  silent(rule, {t + "DROP TABLE t CASCADE;"});
  silent(rule,
         {"CREATE TABLE t (id int PRIMARY KEY, up int REFERENCES t);", "DROP TABLE t CASCADE;"});
  check_lines(
      found(rule, {"CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (r int REFERENCES r); "
                   "CREATE VIEW v AS SELECT id FROM r;",
                   "DROP TABLE r CASCADE;"}),
      {"2.up.sql:1:12 with table public.r goes view public.v, foreign key public.t.t_r_fkey"});
}

BOOST_AUTO_TEST_CASE(what_goes_with_a_column) {
  const std::string rule = "safety.drop_column_removes_constraint";
  silent(rule, {"CREATE TABLE t (a int, b int CHECK (b > 0));",
                "ALTER TABLE t DROP COLUMN a, DROP COLUMN b;"});
  silent(rule, {"CREATE TABLE t (a int CONSTRAINT u UNIQUE, b int);",
                "ALTER TABLE t DROP CONSTRAINT u, DROP COLUMN a;"});
  silent(rule, {"CREATE TABLE t (a int);",
                "ALTER TABLE t ADD COLUMN c int UNIQUE;\nALTER TABLE t DROP COLUMN c;"});
  check_lines(
      found(rule, {"CREATE TABLE t (a int UNIQUE, b int); CREATE INDEX i ON t (b) INCLUDE (a);",
                   "ALTER TABLE t DROP COLUMN a;"}),
      {"2.up.sql:1:15 with column public.t.a goes constraint t_a_key, index i"});
}

BOOST_AUTO_TEST_CASE(an_empty_schema) {
  const std::string rule = "safety.drop_schema";
  check_lines(found(rule, {"DROP SCHEMA s;"}),
              {"1.up.sql:1:13 schema s is dropped, which fails unless it is empty"});
}

BOOST_AUTO_TEST_CASE(roles_that_own_nothing) {
  const std::string rule = "safety.drop_owned";
  silent(rule, {"REASSIGN OWNED BY a TO b;\nDROP OWNED BY a;"});
  check_lines(found(rule, {"REASSIGN OWNED BY a TO b;\nDROP OWNED BY a, CURRENT_USER;"}),
              {"1.up.sql:2:1 everything here that belongs to current_user is dropped"});
}

BOOST_AUTO_TEST_CASE(what_cascades) {
  const std::string rule = "safety.drop_cascade";
  silent(rule, {"DROP TABLE t CASCADE; DROP TRIGGER g ON t CASCADE; DROP INDEX i CASCADE; DROP "
                "FUNCTION f(int); DROP SCHEMA s CASCADE; ALTER TABLE t DROP COLUMN a CASCADE;"});
  silent(rule, {"CREATE VIEW v AS SELECT 1 AS a; DROP VIEW v CASCADE;"});
  speaks(rule, {"DROP TYPE e CASCADE;", "DROP EXTENSION x CASCADE;", "DROP SEQUENCE q CASCADE;",
                "DROP MATERIALIZED VIEW m CASCADE;"});
  check_lines(found(rule, {"CREATE VIEW v AS SELECT 1 AS a; CREATE VIEW w AS SELECT a FROM v;",
                           "DROP VIEW v CASCADE;"}),
              {"2.up.sql:1:11 with view public.v goes view public.w"});
}

BOOST_AUTO_TEST_CASE(constraints_that_are_replaced_or_not_needed) {
  const std::string rule = "safety.drop_constraint";
  const std::string t =
      "CREATE TABLE t (a int CONSTRAINT there CHECK (a IS NOT NULL), b int CONSTRAINT pos CHECK (b "
      "> 0), CONSTRAINT k PRIMARY KEY (a), CONSTRAINT f FOREIGN KEY (b) REFERENCES r);";
  silent(rule, {t, "ALTER TABLE t ALTER a SET NOT NULL;\nALTER TABLE t DROP CONSTRAINT there;"});
  silent(rule, {"ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;",
                "ALTER TABLE t VALIDATE CONSTRAINT c;",
                "ALTER TABLE t ALTER COLUMN a SET NOT NULL;", "ALTER TABLE t DROP CONSTRAINT c;"});
  silent(rule, {t,
                "ALTER TABLE t DROP CONSTRAINT f, ADD CONSTRAINT f2 FOREIGN KEY (b) REFERENCES r "
                "ON DELETE CASCADE NOT VALID;"});
  silent(rule, {t, "ALTER TABLE t DROP CONSTRAINT IF EXISTS zip, DROP CONSTRAINT k;"});
  silent(rule, {"ALTER TABLE t ADD CONSTRAINT f2 FOREIGN KEY (b) REFERENCES r NOT VALID;\nALTER "
                "TABLE t DROP CONSTRAINT f;\nALTER TABLE t RENAME CONSTRAINT f2 TO f;"});
  silent(rule, {"CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0); ALTER TABLE "
                "t DROP CONSTRAINT c;"});
  check_lines(
      found(rule, {t, "ALTER TABLE t DROP CONSTRAINT pos, DROP CONSTRAINT k, DROP CONSTRAINT f;"}),
      {"2.up.sql:1:15 check constraint pos of public.t is dropped, and what it kept out can come "
       "in",
       "2.up.sql:1:55 foreign key f of public.t is dropped, and what it kept out can come in"});
  check_lines(found(rule, {"CREATE TABLE t (a int CONSTRAINT there CHECK (a IS NOT NULL));",
                           "ALTER TABLE t DROP CONSTRAINT there;"}),
              {"2.up.sql:1:15 check constraint there of public.t is dropped, and what it kept out "
               "can come in"});
  check_lines(found(rule, {"ALTER DOMAIN d DROP CONSTRAINT c;"}),
              {"1.up.sql:1:1 constraint c of d is dropped, and what it kept out can come in"});
}

BOOST_AUTO_TEST_CASE(keys_that_are_replaced) {
  const std::string rule = "safety.drop_primary_key";
  const std::string t =
      "CREATE TABLE t (a int CONSTRAINT there CHECK (a IS NOT NULL), b int CONSTRAINT pos CHECK (b "
      "> 0), CONSTRAINT k PRIMARY KEY (a), CONSTRAINT f FOREIGN KEY (b) REFERENCES r);";
  silent(rule, {t, "ALTER TABLE t DROP CONSTRAINT pos;"});
  silent(rule, {t,
                "ALTER TABLE t DROP CONSTRAINT k;\nALTER TABLE t ADD CONSTRAINT k2 PRIMARY KEY "
                "USING INDEX i;"});
  check_lines(found(rule, {t, "ALTER TABLE t DROP CONSTRAINT k;"}),
              {"2.up.sql:1:15 table public.t has no primary key any more"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
