// SPDX-License-Identifier: MIT
// The rules about names, where they must keep quiet, and what their parameters change.
#include "tests/host/lint/one_rule.hpp"

namespace host::lint {
namespace {

BOOST_AUTO_TEST_SUITE(naming)

BOOST_AUTO_TEST_CASE(names_that_come_from_elsewhere_are_left_alone) {
  const std::string sql =
      "CREATE TABLE part (id bigint, \"createdAt\" date) PARTITION BY RANGE (\"createdAt\");\n"
      "CREATE TABLE part_1 PARTITION OF part DEFAULT;\n"
      "CREATE FOREIGN TABLE remote (\"Name\" text) SERVER s;\n"
      "CREATE TEMP TABLE scratch (\"Name\" text);\n"
      "CREATE VIEW v AS SELECT id AS \"Id\" FROM part;\n";
  check_lines(one_rule("naming.column_case", sql),
              {"1: column public.part.\"createdAt\" is not named in snake_case"});
  check_lines(one_rule("naming.quoted_identifier", sql), {});
}

BOOST_AUTO_TEST_CASE(the_style_is_a_parameter) {
  const std::string sql = "CREATE TABLE \"Customer\" (\"fullName\" text, e_mail text);";
  check_lines(one_rule("naming.column_case", sql, "style: camelCase"),
              {"1: column public.\"Customer\".e_mail is not named in camelCase"});
  check_lines(one_rule("naming.column_case", sql, "{style: camelCase, exclude: [e_mail]}"), {});
  check_lines(one_rule("naming.table_case", sql, "style: PascalCase"), {});
}

BOOST_AUTO_TEST_CASE(names_may_have_to_begin_alike) {
  const std::string sql =
      "CREATE TABLE app_user (id int); CREATE TABLE visit (id int); CREATE TABLE \"Order\" (id "
      "int);\nCREATE VIEW visits AS SELECT id FROM visit; CREATE MATERIALIZED VIEW v_all AS SELECT "
      "id FROM visit;";
  check_lines(one_rule("naming.table_case", sql, "{prefix: app_, view_prefix: v_}"),
              {"1: the name of table public.visit does not begin with app_",
               "1: table public.\"Order\" is not named in snake_case",
               "2: the name of view public.visits does not begin with v_"});
  check_lines(one_rule("naming.table_case", sql, "{prefix: app_, exclude: [visit, Order]}"), {});
}

// As PostgreSQL 18 has it, which the parser does not know.
BOOST_AUTO_TEST_CASE(a_not_null_constraint_may_have_a_name) {
  const std::string sql =
      "CREATE TABLE t (id int, CONSTRAINT t_id_known NOT NULL id, CHECK (id > 0));\n"
      "ALTER TABLE t ADD CONSTRAINT \"Id\" NOT NULL id;";
  check_lines(one_rule("naming.unnamed_constraint", sql),
              {"1: a CHECK constraint of public.t has no name: the server calls it t_id_check"});
  check_lines(one_rule("naming.quoted_identifier", sql),
              {"2: constraint public.t.\"Id\" needs quotes wherever it is used: its name has a "
               "capital letter in it"});
}

BOOST_AUTO_TEST_CASE(only_words_that_need_quotes_are_reserved) {
  check_lines(
      one_rule("naming.reserved_word",
               "CREATE TABLE event (name text, type text, value text, key text, date date,\n"
               "  \"timestamp\" text, position int, \"order\" int);\n"
               "CREATE VIEW \"user\" AS SELECT name FROM event;"),
      {"2: column public.event.\"order\" is named by a reserved word: every use of it "
       "needs quotes",
       "3: view public.\"user\" is named by a reserved word: every use of it needs quotes"});
}

BOOST_AUTO_TEST_CASE(quotes_are_needed_for_symbols_and_not_for_letters_of_any_language) {
  check_lines(
      one_rule(
          "naming.quoted_identifier",
          "CREATE TABLE größe (\"übung\" text, \"a$b\" text, \"fullName\" text, \"2nd\" text);\n"
          "CREATE SEQUENCE \"Order Seq\";\n"
          "CREATE INDEX \"sizeIdx\" ON größe (\"übung\");"),
      {"1: column public.\"größe\".\"2nd\" needs quotes wherever it is used: its name has a digit "
       "in front",
       "2: sequence public.\"Order Seq\" needs quotes wherever it is used: its name has a blank in "
       "it",
       "3: index public.\"sizeIdx\" needs quotes wherever it is used: its name has a capital "
       "letter "
       "in it"});
}

BOOST_AUTO_TEST_CASE(names_are_measured_in_bytes) {
  const std::string name(62, 'a');
  check_lines(one_rule("naming.identifier_too_long", "CREATE TABLE " + name + "b (id int);"), {});
  check_lines(
      one_rule("naming.identifier_too_long", "CREATE TABLE " + name + "é (id int);"),
      {"1: the name of table \"" + name + "é\" has 64 bytes: PostgreSQL cuts it to " + name});
  check_lines(
      one_rule("naming.identifier_too_long", "CREATE TABLE long_enough (id int);", "max: 8"),
      {"1: the name of table long_enough has 11 bytes, more than 8"});
}

BOOST_AUTO_TEST_CASE(a_name_is_given_where_the_server_would_number) {
  check_lines(one_rule("naming.implicit_identifier_truncated",
                       "CREATE TABLE product (price int CHECK (price > 0) CHECK (price < 10),\n"
                       "  UNIQUE (price), cost int CHECK (cost > 0));"),
              {"1: a second constraint would be called product_price_check: the server adds a "
               "number"});
}

BOOST_AUTO_TEST_CASE(a_number_in_a_name_is_not_a_list) {
  check_lines(
      one_rule("naming.incrementing_columns",
               "CREATE TABLE t (address text, address2 text, x1 int, x2 int, sha1 text,\n"
               "  sha256 text, in_2019 int, in_2020 int, line1 text, line2 int, md5 text);"),
      {});
  check_lines(one_rule("naming.incrementing_columns",
                       "CREATE TABLE t (phone_1 text, phone_2 text, tag1 text, tag2 text);",
                       "exclude: [tag1]"),
              {"1: columns phone_1 to phone_2 of table public.t are a list pressed into one row"});
}

BOOST_AUTO_TEST_CASE(patterns_take_the_place_of_table_and_columns) {
  const std::string sql =
      "CREATE TABLE customer (id bigint CONSTRAINT customer_pk PRIMARY KEY, email text UNIQUE);\n"
      "CREATE INDEX ix_customer_id_email ON customer (id, email);\n"
      "CREATE INDEX ON customer (lower(email));\n";
  check_lines(one_rule("naming.index_pattern", sql, "pattern: ix_{table}_{columns}"),
              {"3: index public.customer_expr_idx is not named ix_customer_expr"});
  check_lines(one_rule("naming.index_pattern", sql, "pattern: '*'"), {});
  check_lines(one_rule("naming.primary_key_pattern", sql, "pattern: '{table}_pk'"), {});
  check_lines(one_rule("naming.unique_pattern", sql, "pattern: 'uq_*'"),
              {"1: constraint customer_email_key of table public.customer is not named uq_*"});
}

BOOST_AUTO_TEST_CASE(abbreviations_are_words_and_not_letters) {
  check_lines(one_rule("naming.abbreviation",
                       "CREATE TABLE customer (id bigint, custody text, \"lastMsg\" text);"),
              {"1: column public.customer.\"lastMsg\" has the forbidden abbreviation 'msg' in its "
               "name"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
