// SPDX-License-Identifier: MIT
// The rules about tables and columns, where they must keep quiet, and what their parameters change.
#include "tests/host/lint/one_rule.hpp"

namespace host::lint {
namespace {

// "file:line: message" of one rule's findings in several files.
std::vector<std::string> found_in(const std::string& rule,
                                  const std::vector<std::pair<std::string, std::string>>& files) {
  std::vector<Input> inputs;
  for (const auto& [name, sql] : files)
    inputs.push_back({sql::Source(name, sql), SourceKind::schema});
  std::vector<std::string> lines;
  for (const Finding& finding : lint(std::move(inputs), {{rule}, {}}).findings)
    lines.push_back(finding.file() + ":" + std::to_string(finding.line) + ": " + finding.message);
  return lines;
}

BOOST_AUTO_TEST_SUITE(structure)

BOOST_AUTO_TEST_CASE(types_of_others_are_left_alone) {
  const std::string sql =
      "CREATE FOREIGN TABLE remote (at timestamp, code char(2), doc json) SERVER s;\n"
      "CREATE TEMP TABLE scratch (at timestamp, code char(2), doc json);\n"
      "CREATE TYPE acme.json AS ENUM ('a');\n"
      "CREATE TABLE own (doc acme.json, one \"char\", blank bpchar, any_length varchar);\n"
      "CREATE TABLE part (id bigint, at date) PARTITION BY RANGE (at);\n"
      "CREATE TABLE part_1 (id bigint, at date, code char(2));\n"
      "ALTER TABLE part ATTACH PARTITION part_1 DEFAULT;\n";
  for (const char* rule : {"prefer_timestamptz", "ban_char_type", "prefer_jsonb",
                           "prefer_text_over_varchar", "require_primary_key"})
    check_lines(one_rule(std::string("structure.") + rule, sql),
                std::string(rule) != "require_primary_key"
                    ? std::vector<std::string>()
                    : std::vector<std::string>{"4: table public.own has no primary key",
                                               "5: table public.part has no primary key"});
}

BOOST_AUTO_TEST_CASE(arrays_count_as_their_elements) {
  check_lines(one_rule("structure.prefer_timestamptz", "CREATE TABLE t (seen timestamp(3)[]);"),
              {"1: column public.t.seen is a timestamp without time zone"});
}

BOOST_AUTO_TEST_CASE(an_int_that_cannot_grow_may_stay) {
  check_lines(
      one_rule("structure.prefer_bigint_over_int",
               "CREATE TABLE customer (id int PRIMARY KEY);\n"
               "CREATE TABLE t (\n  customer_id int REFERENCES customer,\n"
               "  month int CHECK (month BETWEEN 1 AND 12),\n  level int CHECK (level < 10),\n"
               "  views int CHECK (views > 0),\n  scores int[]);\n"
               "CREATE TABLE part (id bigint, customer_id int) PARTITION BY HASH (id);\n"
               "CREATE TABLE part_0 PARTITION OF part FOR VALUES WITH (MODULUS 1, REMAINDER 0);\n"
               "ALTER TABLE part_0 ADD FOREIGN KEY (customer_id) REFERENCES customer;\n"),
      {"6: column public.t.views has 32 bits and ends at 2147483647"});
}

BOOST_AUTO_TEST_CASE(a_key_that_is_a_reference_has_the_type_of_its_target) {
  check_lines(one_rule("structure.prefer_bigint_primary_key",
                       "CREATE TABLE a (id int PRIMARY KEY);\n"
                       "CREATE TABLE b (id int PRIMARY KEY REFERENCES a);\n"
                       "CREATE TABLE c (a_id bigint, line int, PRIMARY KEY (a_id, line));\n"),
              {"1: key public.a.id has 32 bits and ends at 2147483647"});
}

BOOST_AUTO_TEST_CASE(foreign_keys_compare_what_types_hold) {
  const std::string sql =
      "CREATE DOMAIN key AS bigint;\n"
      "CREATE TABLE customer (id key PRIMARY KEY, code text UNIQUE, tag citext UNIQUE);\n"
      "CREATE TABLE t (\n  a bigint REFERENCES customer,\n  b key REFERENCES customer,\n"
      "  c varchar(9) REFERENCES customer (code),\n  d text REFERENCES customer (tag),\n"
      "  e int REFERENCES customer,\n  f char(9) REFERENCES customer (code));\n";
  check_lines(
      one_rule("structure.foreign_key_type_mismatch", sql),
      {"8: column public.t.e is int and refers to public.customer.id, which is key",
       "9: column public.t.f is char(9) and refers to public.customer.code, which is text"});
}

BOOST_AUTO_TEST_CASE(set_null_of_one_column_needs_only_that_one) {
  check_lines(
      one_rule("structure.foreign_key_set_null_on_not_null",
               "CREATE TABLE t (tenant bigint, id bigint, author bigint, PRIMARY KEY (tenant, "
               "id),\n  FOREIGN KEY (tenant, author) REFERENCES t (tenant, id)\n"
               "    ON DELETE SET NULL (author));"),
      {});
}

BOOST_AUTO_TEST_CASE(a_unique_key_that_holds_another_lets_nothing_pass) {
  check_lines(one_rule("structure.nullable_column_in_unique",
                       "CREATE TABLE t (id bigint PRIMARY KEY, parent_id bigint, a text, b text,\n"
                       "  email text UNIQUE,\n  UNIQUE (id, parent_id));\n"
                       "CREATE UNIQUE INDEX one ON t (a, b) WHERE b IS NOT NULL;\n"
                       "CREATE UNIQUE INDEX two ON t ((coalesce(a, '')), (coalesce(b, '')));\n"
                       "CREATE UNIQUE INDEX three ON t (a, b);\n"),
              {"6: unique index three of table public.t lets any number of rows pass where a, b is "
               "NULL"});
}

BOOST_AUTO_TEST_CASE(cycles_are_told_once_whatever_the_order_of_the_files) {
  const std::pair<std::string, std::string> a{
      "b.sql",
      "CREATE TABLE a (id bigint PRIMARY KEY, b_id bigint REFERENCES b, a_id bigint "
      "REFERENCES a);"};
  const std::pair<std::string, std::string> b{
      "a.sql", "CREATE TABLE b (id bigint PRIMARY KEY, a_id bigint REFERENCES a);"};
  const std::vector<std::string> expected{
      "b.sql:1: tables refer to each other in a cycle: public.a -> public.b -> public.a"};
  check_lines(found_in("structure.foreign_key_cycle", {a, b}), expected);
  check_lines(found_in("structure.foreign_key_cycle", {b, a}), expected);
}

BOOST_AUTO_TEST_CASE(what_leads_to_a_cycle_or_away_from_it_is_no_part_of_it) {
  check_lines(one_rule("structure.foreign_key_cycle",
                       "CREATE TABLE away (id bigint PRIMARY KEY);\n"
                       "CREATE TABLE a (id bigint PRIMARY KEY, away_id bigint REFERENCES away,\n"
                       "  b_id bigint REFERENCES b);\n"
                       "CREATE TABLE b (id bigint PRIMARY KEY, a_id bigint REFERENCES a);\n"
                       "CREATE TABLE Before (id bigint PRIMARY KEY, a_id bigint REFERENCES a);"),
              {"3: tables refer to each other in a cycle: public.a -> public.b -> public.a"});
}

BOOST_AUTO_TEST_CASE(what_the_system_or_a_query_makes_is_known) {
  check_lines(
      one_rule("structure.unknown_reference",
               "CREATE VIEW sizes AS SELECT oid FROM pg_class, information_schema.tables;\n"
               "CREATE MATERIALIZED VIEW m AS SELECT * FROM sizes;\nCREATE INDEX ON m (oid);\n"
               "COMMENT ON COLUMN sizes.oid IS 'x';\n"
               "CREATE VIEW w AS WITH x AS (SELECT 1) SELECT * FROM x, auth.users, lost;",
               "exclude: [auth.*]"),
      {"5: no file defines table public.lost, which a view names"});
}

BOOST_AUTO_TEST_CASE(an_object_may_be_replaced_by_the_file_that_made_it) {
  const std::string once = "CREATE TABLE IF NOT EXISTS t (id bigint);";
  check_lines(found_in("structure.duplicate_object", {{"a.sql", once}, {"b.sql", once}}), {});
  check_lines(found_in("structure.misleading_if_not_exists", {{"a.sql", once}, {"b.sql", once}}),
              {});
  check_lines(found_in("structure.duplicate_object",
                       {{"a.sql",
                         "CREATE VIEW v AS SELECT 1 AS a;\nCREATE OR REPLACE VIEW v AS SELECT 2 AS "
                         "a;\nCREATE TABLE t (a int);\nDROP TABLE t;\nCREATE TABLE t (b int);"},
                        {"b.sql", "CREATE OR REPLACE VIEW w AS SELECT 1 AS a;"},
                        {"c.sql", "CREATE OR REPLACE VIEW w AS SELECT 2 AS a;"}}),
              {"c.sql:1: public.w is defined a second time; first in b.sql:1"});
}

BOOST_AUTO_TEST_CASE(a_star_over_named_columns_is_let_pass) {
  check_lines(
      one_rule(
          "structure.view_select_star",
          "CREATE TABLE t (id bigint);\n"
          "CREATE VIEW a AS WITH x AS (SELECT id FROM t) SELECT * FROM x;\n"
          "CREATE VIEW b AS SELECT s.* FROM (SELECT id FROM t) s JOIN t USING (id);\n"
          "CREATE VIEW c AS SELECT id, count(*) FROM t WHERE EXISTS (SELECT * FROM t) GROUP BY "
          "id;\n"
          "CREATE MATERIALIZED VIEW d AS\n  SELECT u.* FROM t u UNION SELECT 1;\n"
          "CREATE VIEW e AS SELECT x.id FROM (SELECT * FROM t) x;\n"),
      {"5: view public.d has the columns that its tables have now: it says *",
       "7: view public.e has the columns that its tables have now: it says *"});
}

BOOST_AUTO_TEST_CASE(statements_in_functions_are_judged_too) {
  const std::string sql =
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$\n"
      "DECLARE r t%ROWTYPE;\nBEGIN\n  SELECT * INTO r FROM t;\n  INSERT INTO t DEFAULT VALUES;\n"
      "  UPDATE t SET (a, b) = (1, 2), c = 3;\n  RETURN new;\nEND $$;\n"
      "CREATE FUNCTION g() RETURNS void LANGUAGE plpgsql AS $$\n"
      "BEGIN\n  INSERT INTO t VALUES (1);\n  UPDATE t SET (a, b) = (1, 2), a = 3;\nEND $$;\n";
  check_lines(one_rule("structure.plpgsql_syntax", sql), {});
  check_lines(one_rule("structure.insert_without_columns", sql),
              {"9: INSERT into t does not name the columns that it fills"});
  check_lines(one_rule("structure.duplicate_column_assignment", sql),
              {"9: column a is assigned twice in one UPDATE"});
}

BOOST_AUTO_TEST_CASE(what_hangs_on_types_is_no_error_of_syntax) {
  const auto body = [](const std::string& signature, const std::string& text) {
    return "CREATE FUNCTION " + signature + " LANGUAGE plpgsql AS $$ " + text + " END $$;\n";
  };
  check_lines(one_rule("structure.plpgsql_syntax",
                       body("a() RETURNS t", "DECLARE r t; BEGIN r.id := 1; RETURN r;") +
                           body("b(c refcursor) RETURNS void", "BEGIN OPEN c FOR SELECT 1;") +
                           body("c() RETURNS TABLE (x int)", "BEGIN x := 1; RETURN NEXT;") +
                           body("d() RETURNS void",
                                "DECLARE c CURSOR (k int) FOR SELECT k; r record; BEGIN "
                                "FOR r IN c(1) LOOP NULL; END LOOP;") +
                           body("e() RETURNS int", "BEGIN RETURN 1 +;") +
                           "DO $$ BEGIN RAISE NOTICE '% %', 1; END $$;"),
              {"5: the body of public.e is no PL/pgSQL: syntax error at end of input",
               "6: the DO block is no PL/pgSQL: too few parameters specified for RAISE"});
}

BOOST_AUTO_TEST_CASE(an_insert_into_a_table_of_the_same_file_needs_no_columns) {
  check_lines(one_rule("structure.insert_without_columns",
                       "CREATE TABLE state (code text);\nINSERT INTO state VALUES ('NY');\n"
                       "INSERT INTO country VALUES ('FR');\nINSERT INTO country DEFAULT VALUES;",
                       "{}", SourceKind::migration),
              {"3: INSERT into country does not name the columns that it fills"});
}

BOOST_AUTO_TEST_CASE(asks_for_columns_of_a_type) {
  const std::string sql =
      "CREATE TABLE a (id bigint, tenant_id uuid, tags text[], at timestamp with time zone);\n"
      "CREATE TABLE b (id int, tags text, at timestamptz);\nCREATE TEMP TABLE c (x int);\n";
  check_lines(one_rule("structure.require_columns", sql,
                       "{columns: [id bigint, tenant_id, \"tags text[]\", at timestamptz]}"),
              {"2: table public.b has no column tenant_id",
               "2: column public.b.id is int and not "
               "bigint",
               "2: column public.b.tags is text and not text[]"});
  check_lines(one_rule("structure.require_timestamps",
                       "CREATE TABLE t (made timestamptz, changed timestamp);",
                       "columns: [made, changed, gone]"),
              {"1: table public.t has no column gone", "1: column public.t.made may be NULL",
               "1: column public.t.changed is timestamp and no timestamptz"});
}

BOOST_AUTO_TEST_CASE(files_of_a_folder_are_numbered_once) {
  const auto table = [](const std::string& name) { return "CREATE TABLE " + name + " (id int);"; };
  check_lines(
      found_in("structure.schema_file_prefix_unique", {{"db/10_tables/10_a.sql", table("a")},
                                                       {"db/20_views/10_b.sql", table("b")},
                                                       {"db/20_views/10b.sql", table("c")},
                                                       {"db/20_views/plain.sql", table("d")},
                                                       {"db/20_views/10_c.sql", table("e")}}),
      {"db/20_views/10_c.sql:1: db/20_views/10_c.sql has the same number as "
       "db/20_views/10_b.sql"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
