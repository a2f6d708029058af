// SPDX-License-Identifier: MIT
// The rules about indexes and queries, where they must keep quiet and what they must not miss.
#include "tests/host/lint/one_rule.hpp"

namespace host::lint {
namespace {

BOOST_AUTO_TEST_SUITE(performance)

const std::string table = "CREATE TABLE t (id int PRIMARY KEY, a int, b int, c text);\n";

BOOST_AUTO_TEST_CASE(indexes_that_only_look_the_same) {
  check_lines(
      one_rule("performance.duplicate_index",
               table + "CREATE INDEX one ON t (a, b);\nCREATE INDEX two ON t (b, a);\n"
                       "CREATE INDEX three ON t (a, b) WHERE a > 0;\n"
                       "CREATE INDEX four ON t (a, b) INCLUDE (c);\n"
                       "CREATE INDEX five ON t USING hash (a);\n"
                       "CREATE INDEX six ON t (c);\nCREATE INDEX seven ON t (c text_pattern_ops"
                       ");\nCREATE INDEX eight ON t (lower(c));\n"
                       "CREATE INDEX nine ON t (a DESC, b DESC);\n"
                       "CREATE INDEX ten ON t (a, b DESC);\nCREATE INDEX eleven ON t "
                       "(lower(c));\n"),
      {"10: index nine of table public.t is the same as one",
       "12: index eleven of table public.t is the same as eight"});
}

BOOST_AUTO_TEST_CASE(indexes_that_another_serves_for) {
  const std::string rule = "performance.redundant_index";
  check_lines(
      one_rule(rule, table + "CREATE INDEX ab ON t (a, b);\nCREATE INDEX a ON t (a);\n"
                             "CREATE INDEX b ON t (b);\nCREATE INDEX part ON t (a) WHERE b > 0;\n"
                             "CREATE INDEX covering ON t (a) INCLUDE (c);\n"
                             "CREATE UNIQUE INDEX one ON t (a);\nCREATE INDEX id ON t (id);\n"
                             "CREATE UNIQUE INDEX twice ON t (id);\nCREATE INDEX brin ON t USING "
                             "brin (a);\nCREATE INDEX ab_down ON t (a DESC);\n"),
      {"3: index a of table public.t repeats the first keys of ab",
       "8: index id of table public.t repeats that of constraint t_pkey",
       "9: index twice of table public.t repeats that of constraint t_pkey",
       "11: index ab_down of table public.t repeats the first keys of ab"});
  check_lines(
      one_rule(rule, table + "CREATE UNIQUE INDEX k ON t (a);\nALTER TABLE t ADD CONSTRAINT "
                             "k UNIQUE USING INDEX k;"),
      {});
}

BOOST_AUTO_TEST_CASE(a_plain_index_beside_a_unique_one_of_the_same_keys) {
  check_lines(one_rule("performance.redundant_index",
                       table + "CREATE UNIQUE INDEX u ON t (a);\nCREATE INDEX i ON t (a);\n"),
              {"3: index i of table public.t repeats u"});
}

BOOST_AUTO_TEST_CASE(tables_without_index) {
  check_lines(
      one_rule("performance.table_without_index",
               "CREATE TABLE a (x int UNIQUE);\nCREATE TEMP TABLE b (x int);\n"
               "CREATE TABLE c (x int) PARTITION BY LIST (x);\nCREATE TABLE c1 PARTITION OF c "
               "DEFAULT;\nCREATE INDEX ON c1 (x);\n"
               "CREATE TABLE d (x int4range, EXCLUDE USING gist (x WITH &&));\n"
               "CREATE TABLE e (x int);\n"),
      {"7: table public.e has no index: each search reads all of it"});
}

BOOST_AUTO_TEST_CASE(keys_of_an_index) {
  const std::string wide =
      "CREATE TABLE w (a int, b int, c int, d int, e boolean, f text[], g jsonb, UNIQUE (a, b, c, "
      "d));\n";
  check_lines(one_rule("performance.too_many_index_columns",
                       wide + "CREATE UNIQUE INDEX u ON w (a, b, c, d);\n"
                              "CREATE INDEX i ON w (a, b, c) INCLUDE (d);\n"
                              "CREATE INDEX g ON w USING brin (a, b, c, d);\n"
                              "CREATE INDEX m ON w (d, c, b, a);\n"),
              {"5: index m of table public.w has 4 key columns"});
  check_lines(one_rule("performance.index_duplicate_column",
                       wide + "CREATE INDEX i ON w (a, b, a);\nCREATE INDEX j ON w (a) INCLUDE "
                              "(a);\nCREATE INDEX k ON w (f, f array_ops);\n"),
              {"2: index i of table public.w has column a twice",
               "3: index j of table public.w includes its key a"});
  check_lines(one_rule("performance.index_on_boolean",
                       wide + "CREATE INDEX i ON w (a, e);\nCREATE INDEX j ON w (e) WHERE e;\n"
                              "CREATE INDEX k ON w (e);\n"),
              {"4: index k of table public.w begins with the truth e"});
  check_lines(
      one_rule("performance.btree_on_array",
               wide + "CREATE INDEX i ON w USING gin (f);\nCREATE UNIQUE INDEX j ON w (f);\n"
                      "CREATE INDEX k ON w (a, g);\nCREATE INDEX l ON w ((g ->> 'x'));\n"),
      {"4: index k of table public.w compares g as a whole, and finds nothing in it: it is jsonb"});
}

BOOST_AUTO_TEST_CASE(conditions_that_leave_nothing_out) {
  check_lines(one_rule("performance.index_redundant_where",
                       "CREATE TABLE t (a int NOT NULL, b int);\n"
                       "CREATE INDEX i ON t (a) WHERE b IS NOT NULL;\n"
                       "CREATE INDEX j ON t (b) WHERE b > 0 AND a IS NOT NULL;\n"
                       "CREATE INDEX k ON t (b) WHERE b > 0 OR a IS NOT NULL;\n"),
              {"3: index j of table public.t asks a IS NOT NULL, which every row is"});
}

const std::string guarded = "CREATE TABLE t (id int, owner text);\n";

BOOST_AUTO_TEST_CASE(calls_that_are_made_once) {
  const auto policy = [](const std::string& condition) {
    return one_rule("performance.rls_initplan",
                    guarded + "CREATE POLICY p ON t USING (" + condition + ");");
  };
  check_lines(policy("owner = current_user"), {});
  check_lines(policy("owner = (SELECT auth.uid()::text)"), {});
  check_lines(policy("owner = current_setting('app.' || owner)"), {});
  check_lines(policy("owner = uid()"), {});
  check_lines(policy("owner = pg_catalog.current_setting('x') OR current_setting('y') = ''"),
              {"2: policy p of table public.t calls current_setting() again for each row"});
  check_lines(policy("EXISTS (SELECT 1 FROM m WHERE m.who = auth.uid() AND m.id = t.id)"),
              {"2: policy p of table public.t calls auth.uid() again for each row"});
}

BOOST_AUTO_TEST_CASE(policies_that_are_asked_together) {
  const std::string rule = "performance.multiple_permissive_policies";
  check_lines(one_rule(rule, guarded + "CREATE POLICY a ON t FOR SELECT TO bob USING (true);\n"
                                       "CREATE POLICY b ON t FOR SELECT TO eve USING (true);\n"
                                       "CREATE POLICY c ON t FOR UPDATE USING (true);\n"
                                       "CREATE POLICY d ON t AS RESTRICTIVE USING (true);\n"),
              {});
  check_lines(one_rule(rule, guarded + "CREATE POLICY a ON t FOR SELECT TO bob, eve USING (true);\n"
                                       "CREATE POLICY b ON t TO eve USING (true);\n"
                                       "CREATE POLICY c ON t FOR SELECT TO ann USING (true);\n"),
              {"3: policies a, b of table public.t are all asked for SELECT"});
  check_lines(
      one_rule(rule, guarded + "CREATE POLICY a ON t USING (true);\nCREATE POLICY b ON t USING "
                               "(true);\n"),
      {"3: policies a, b of table public.t are all asked for SELECT, INSERT, UPDATE, DELETE"});
}

BOOST_AUTO_TEST_CASE(tables_that_are_analyzed_or_new) {
  check_lines(
      one_rule_of_migration("performance.analyze_after_expression_index",
                            "CREATE TABLE fresh (a text);\nCREATE INDEX ON fresh (lower(a));\n"
                            "CREATE STATISTICS s0 ON a, b FROM fresh;\n"
                            "CREATE INDEX ON old (a);\nCREATE INDEX ON done (lower(a));\n"
                            "CREATE INDEX ON old (lower(a));\nCREATE STATISTICS s ON a, b FROM "
                            "app.old;\nVACUUM old;\nANALYZE done (a);\n"),
      {"6: the planner knows nothing of the new index's expression before ANALYZE of old",
       "7: the planner knows nothing of the new statistics before ANALYZE of app.old"});
}

BOOST_AUTO_TEST_CASE(texts_of_any_length) {
  check_lines(one_rule("performance.index_on_long_text",
                       "CREATE TABLE t (a text, b varchar(20), c text CHECK (char_length(c) < 9),\n"
                       "  d varchar);\nCREATE INDEX i ON t (b, c, md5(a));\n"
                       "CREATE INDEX j ON t USING gin (a gin_trgm_ops);\nCREATE INDEX k ON t (d);"),
              {"5: index k of table public.t takes no entry of more than 2704 bytes, and column d "
               "has no limit"});
}

BOOST_AUTO_TEST_CASE(queries_that_no_index_serves) {
  const std::string customer =
      "CREATE TABLE customer (id int PRIMARY KEY, email text UNIQUE, note text);\n"
      "CREATE INDEX note_idx ON customer USING gin (note gin_trgm_ops);\n";
  check_lines(
      one_rule("performance.leading_wildcard_like",
               customer + "CREATE VIEW a AS SELECT id FROM customer WHERE note LIKE '%x';\n"
                          "CREATE VIEW b AS SELECT id FROM customer WHERE email ILIKE '%x';\n"
                          "CREATE VIEW c AS SELECT id FROM customer WHERE email LIKE 'x%';\n"
                          "CREATE VIEW d AS SELECT id FROM customer WHERE email LIKE id::text;\n"),
      {"4: view public.b searches by the end of a text, for which no btree index serves"});
  check_lines(
      one_rule("performance.function_on_indexed_column",
               customer +
                   "CREATE VIEW a AS SELECT id FROM customer WHERE lower(note) = 'x';\n"
                   "CREATE VIEW b AS SELECT lower(email) FROM customer WHERE email = lower('X');\n"
                   "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN\n"
                   "  DELETE FROM customer WHERE 'x' = upper(email);\nEND $$;\n"),
      {"6: function public.f asks for upper(email), for which the index on public.customer.email "
       "does not serve"});
  check_lines(one_rule("performance.view_order_by_random",
                       customer + "CREATE VIEW a AS SELECT random() AS r FROM customer ORDER BY "
                                  "id;\nCREATE VIEW b AS SELECT id FROM customer ORDER BY id, "
                                  "random();\n"),
              {"4: view public.b sorts all rows by random()"});
}

BOOST_AUTO_TEST_CASE(gaps_that_are_certain) {
  check_lines(one_rule("performance.column_alignment",
                       "CREATE TABLE even (a int, b bigint);\n"  // 16 bytes in either order
                       "CREATE TABLE after_text (a text, b boolean, c bigint);\n"
                       "CREATE TABLE gaps (a int, b bigint, c int, d bigint, e text);\n"),
              {"3: the order of its columns costs table public.gaps 8 bytes a row"});
}

BOOST_AUTO_TEST_CASE(rows_that_an_index_of_nulls_has) {
  check_lines(one_rule("performance.index_includes_null",
                       "CREATE TABLE t (deleted_at timestamptz, archived_at timestamptz NOT NULL,\n"
                       "  id int);\nCREATE INDEX a ON t (archived_at);\nCREATE INDEX i ON t (id, "
                       "deleted_at);\nCREATE INDEX b ON t (deleted_at);"),
              {"5: index b of table public.t has an entry for each row where deleted_at is NULL"});
}

BOOST_AUTO_TEST_CASE(candidates_want_an_index) {
  const std::string rule = "performance.foreign_key_without_index";
  const std::string sql =
      "CREATE TABLE t (id int PRIMARY KEY,\n tenant_id int,\n email text UNIQUE,\n code text,\n r "
      "int "
      "REFERENCES t);\nCREATE INDEX ON t (r);\nCREATE INDEX ON t (code, email) WHERE id > 0;\n"
      "ALTER TABLE t ADD COLUMN order_code text;";
  check_lines(one_rule(rule, sql), {});
  check_lines(one_rule(rule, sql, "{ candidates: [id, email, code, r] }"),
              {"2: no index begins with column public.t.tenant_id, by which rows are looked for",
               "8: no index begins with column public.t.order_code, by which rows are looked for"});
  check_lines(one_rule(rule, sql, "{ candidates: [id, code], exclude: [tenant_id, order_code] }"),
              {});
  check_lines(one_rule(rule, sql, "{ candidates: [id], exclude: [t] }"), {});
  check_lines(one_rule(rule,
                       "CREATE TABLE r (id int PRIMARY KEY);\nCREATE TABLE t (r int CONSTRAINT k "
                       "REFERENCES r);",
                       "{ exclude: [k] }"),
              {});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
