// SPDX-License-Identifier: MIT
// Strategies put together in YAML, and values that are made of others.
#include <boost/test/unit_test.hpp>

#include "host/sync/literal.hpp"
#include "tests/host/sync/two_databases.hpp"

using namespace host::sync;
using namespace host::sync::test;

namespace {

struct Customers : TwoDatabases {
  Customers() {
    source->execute(
        "CREATE TABLE customer (id int PRIMARY KEY, first text, last text, full_name text,"
        " card text, is_test boolean, country text, slug text UNIQUE);"
        "INSERT INTO customer VALUES (1, 'Ada', 'Lovelace', 'Ada Lovelace', '4111', true, 'GB',"
        " 'Ada L'), (2, 'Bob', 'Stone', 'Bob Stone', '4222', false, NULL, 'Bob S'),"
        " (3, NULL, 'Cole', NULL, '4333', NULL, 'FR', 'Cole')");
    clone_schema();
  }
  std::string after(const std::string& rules, const std::string& column) {
    run("{ customer: " + rules + " }");
    return target_value("SELECT " + column + " FROM customer ORDER BY id");
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(strategies)

BOOST_AUTO_TEST_CASE(one_or_the_other_by_a_column_of_the_row) {
  Customers both;
  both.strategies =
      "{ unless_test: { when: { column: is_test, equals: true }, then: core.keep, else:"
      " core.redact } }";
  BOOST_CHECK_EQUAL(both.after("{ card: unless_test }", "card"), "4111|[redacted]|[redacted]");
  BOOST_CHECK_EQUAL(both.after("{ card: { when: [ { column: country, in: [GB, FR] }, { column: id,"
                               " not_equals: 1 } ], then: core.redact, else: core.keep } }",
                               "card"),
                    "4111|4222|[redacted]");
  BOOST_CHECK_EQUAL(
      both.after("{ card: { when: { column: country, is_null: true }, then: core.redact,"
                 " else: core.keep } }",
                 "card"),
      "4111|[redacted]|4333");
}

BOOST_AUTO_TEST_CASE(values_of_tests_are_read_as_the_columns_types) {
  TwoDatabases both;
  both.source->execute(
      "CREATE EXTENSION citext; CREATE TYPE mood AS ENUM ('new', 'paid');"
      "CREATE DOMAIN price AS numeric(10, 2);"
      "CREATE TABLE t (id int PRIMARY KEY, b boolean, n numeric, p price, c char(5), v varchar(5),"
      " d date, at timestamptz, m mood, ci citext, a int[], f float8, x text);"
      "INSERT INTO t VALUES (1, true, 1.00, 1, 'ab', 'ab', '2024-01-05', '2024-01-05 10:00+02',"
      " 'new', 'Ada', '{1,2}', '-0', 'x')");
  both.clone_schema();
  const auto run = [&](const std::string& test) {
    const std::string refusal = both.refusal_of("{ t: { x: { when: { column: " + test +
                                                " }, then: core.redact, else: core.keep } } }");
    return refusal + both.target_value("SELECT x FROM t");
  };
  for (const char* test : {"b, equals: yes",
                           "b, equals: true",
                           "b, in: [\"1\"]",
                           "n, equals: 1",
                           "n, in: [2, 1.0]",
                           "p, equals: 1",
                           "c, equals: ab",
                           "c, ends_with: b",
                           "c, equals: \"ab  \"",
                           "v, equals: ab",
                           "d, equals: 2024-1-5",
                           "d, starts_with: 2024-",
                           "at, equals: \"2024-01-05 08:00 UTC\"",
                           "m, equals: new",
                           "ci, equals: ADA",
                           "ci, contains: dA",
                           "a, equals: \"{1, 2}\"",
                           "f, equals: 0",
                           "m, not_equals: paid",
                           "id, not_in: [02, 3]"})
    BOOST_CHECK_EQUAL(test + std::string(" ") + run(test), test + std::string(" [redacted]"));
  for (const char* test : {"b, equals: false", "n, equals: 10", "v, equals: AB", "ci, equals: Bob",
                           "b, not_equals: yes", "id, equals: 2"})
    BOOST_CHECK_EQUAL(test + std::string(" ") + run(test), test + std::string(" x"));
  const auto refused = [&](const std::string& test) {
    const std::string message = run(test);
    return message.substr(0, message.find(" | compare it with what the column can hold"));
  };
  BOOST_CHECK_EQUAL(refused("b, equals: maybe"),
                    "sync.bad_test: 'maybe' is no value of column 'b' of table public.t, which has "
                    "type boolean: invalid input syntax for type boolean");
  BOOST_CHECK_EQUAL(refused("m, in: [new, payed]"),
                    "sync.bad_test: 'payed' is no value of column 'm' of table public.t, which has "
                    "type public.mood: invalid input value for enum public.mood");
  BOOST_CHECK_EQUAL(
      refused("v, equals: longer"),
      "sync.bad_test: 'longer' is no value of column 'v' of table public.t, which has "
      "type character varying(5)");
}

BOOST_AUTO_TEST_CASE(one_after_the_other) {
  Customers both;
  BOOST_CHECK_EQUAL(
      both.after("{ last: { chain: [ core.redact, { template: \"<{{last}} of {{id}}>\" } ] } }",
                 "last"),
      "<[redacted] of 1>|<[redacted] of 2>|<[redacted] of 3>");
}

BOOST_AUTO_TEST_CASE(a_text_shows_what_other_columns_have_become) {
  Customers both;
  BOOST_CHECK_EQUAL(both.after("{ full_name: { template: \"{{first}} {{last}}, {{country}}\" },"
                               " first: core.redact, last: { use: core.constant, with: { value: X"
                               " } } }",
                               "full_name"),
                    "[redacted] X, GB|[redacted] X, |");
}

BOOST_AUTO_TEST_CASE(a_text_of_the_primary_key_keeps_values_unique) {
  Customers both;
  BOOST_CHECK_EQUAL(both.after("{ slug: { template: \"customer-{{id}}\" } }", "slug"),
                    "customer-1|customer-2|customer-3");
  BOOST_CHECK(both.refusal_of("{ customer: { slug: { template: \"{{country}}\" } } }")
                  .find("strategy 'template' does not keep distinct values distinct") !=
              std::string::npos);
}

BOOST_AUTO_TEST_CASE(parameters) {
  Customers both;
  both.strategies =
      "{ short: { parameters: { length: 16, word: x }, chain: [ { use: core.hash, with: { length:"
      " \"${length}\" } }, { template: \"${word}-{{card}}\" } ] } }";
  both.run("{ customer: { card: { use: short, with: { length: 20, word: card } } } }");
  BOOST_CHECK_EQUAL(both.target_value("SELECT DISTINCT card ~ '^card-[0-9a-f]{20}$' FROM customer"),
                    "t");
}

BOOST_AUTO_TEST_CASE(mistakes_have_their_place) {
  Customers both;
  const auto refused = [&](const std::string& strategies) {
    both.strategies = strategies;
    return both.refusal_of("{ customer: { card: core.redact } }");
  };
  BOOST_CHECK_EQUAL(refused("{ a: core.redcat }").substr(0, 59),
                    "config.unknown_strategy: unknown strategy 'core.redcat' | d");
  BOOST_CHECK_EQUAL(refused("{ a: { chain: [ b ] }, b: { chain: [ a ] } }"),
                    "sync.circular_strategy: strategy 'a' is made of itself | ");
  BOOST_CHECK_EQUAL(refused("{ mask: core.redact, a: { chain: [ maks ] } }"),
                    "config.unknown_strategy: unknown strategy 'maks' | did you mean 'mask'?");
  BOOST_CHECK_EQUAL(refused("{ a: { use: b, with: { lenght: 3 } }, b: { parameters: { length: 4 },"
                            " use: core.redact } }"),
                    "config.unknown_parameter: unknown parameter 'lenght' of strategy 'b' | did "
                    "you mean 'length'?");
  BOOST_CHECK_EQUAL(refused("{ core.redact: core.null }"),
                    "sync.decided_twice: a plugin has a strategy 'core.redact' already | give this "
                    "one another name");
  both.strategies.clear();
  BOOST_CHECK_EQUAL(both.refusal_of("{ customer: { card: { template: \"{{card}}\" } } }"),
                    "sync.template_shows: the template of column 'card' shows the value that it "
                    "replaces | put it behind another strategy: { chain: [ STRATEGY, { template: "
                    "\"...\" } ] }");
  BOOST_CHECK_EQUAL(both.refusal_of("{ customer: { card: { template: \"{{last}}\" }, last: { "
                                    "template: \"{{card}}\" } } }"),
                    "sync.template_shows: the templates of table public.customer show each other's "
                    "columns in a circle, 'last' among them | ");
  BOOST_CHECK_EQUAL(both.refusal_of("{ customer: { card: { template: \"{{contry}}\" } } }"),
                    "sync.unknown_column: unknown column 'contry' of table public.customer | did "
                    "you mean 'country'?");
  BOOST_CHECK_EQUAL(
      both.refusal_of("{ customer: { card: { when: { column: is_tset, equals: true }, "
                      "then: core.keep, else: core.redact } } }"),
      "sync.unknown_column: unknown column 'is_tset' of table public.customer | did "
      "you mean 'is_test'?");
}

// Of a domain over a domain, a domain over an array, and one with a length.
BOOST_AUTO_TEST_CASE(elements_of_domains) {
  TwoDatabases both;
  both.source->execute(
      "CREATE DOMAIN word AS varchar(12); CREATE DOMAIN code AS word; CREATE DOMAIN list AS word[];"
      "CREATE TABLE t (a code[], b list, c text); INSERT INTO t VALUES ('{x,NULL,y}', '{x}', 'x')");
  both.clone_schema();
  both.run("{ t: { a: core.redact, b: core.redact } }");
  BOOST_CHECK_EQUAL(both.target_value("TABLE t"), "{[redacted],NULL,[redacted]}|{[redacted]}|x");
  for (const char* column : {"a", "b"})
    BOOST_CHECK_EQUAL(
        both.refusal_of(fmt::format("{{ t: {{ {}: {{ use: core.redact, with: {{ with: "
                                    "thirteen_chars }} }} }} }}",
                                    column))
            .substr(0, 14),
        "plugin.failed:");
}

BOOST_AUTO_TEST_CASE(elements_of_arrays_and_fields_of_composites) {
  TwoDatabases both;
  both.source->execute(
      "CREATE TYPE address AS (street text, city text);"
      "CREATE TABLE t (id int PRIMARY KEY, tags text[], home address, homes address[]);"
      "INSERT INTO t VALUES (1, ARRAY[['a,b', NULL], ['NULL', E'q\"\\\\x']], ROW('High \"St\", 5',"
      " NULL), ARRAY[ROW('S', 'C')::address, NULL]), (2, '[0:1]={x,y}', NULL, '{}'), (3, NULL,"
      " ROW(NULL, 'Rome'), NULL)");
  both.clone_schema();
  both.run(
      "{ t: { tags: faults.lines, home: { fields: { street: core.redact } },"
      " homes: { fields: { city: core.redact, street: { keep: public } } } } }");
  BOOST_CHECK_EQUAL(
      both.target_value("SELECT tags[1][1] LIKE 'a,b%', tags[1][2] IS NULL, tags[2][1]"
                        " LIKE 'NULL_%', tags[2][2] LIKE 'q\"%' FROM t WHERE id = 1"),
      "t|t|t|t");
  BOOST_CHECK_EQUAL(both.target_value("SELECT array_lower(tags, 1), tags[1] LIKE 'y_%' FROM t"
                                      " WHERE id = 2"),
                    "0|t");
  BOOST_CHECK_EQUAL(both.target_value("SELECT home FROM t ORDER BY id"), "([redacted],)||(,Rome)");
  BOOST_CHECK_EQUAL(both.target_value("SELECT (homes[1]).street, (homes[1]).city, homes[2] IS NULL"
                                      " FROM t WHERE id = 1"),
                    "S|[redacted]|t");
  BOOST_CHECK_EQUAL(both.refusal_of("{ t: { home: { fields: { stret: core.redact } } } }"),
                    "sync.unknown_column: unknown field 'stret' of column 'home' of table public.t "
                    "| did you mean 'street'?");
}

BOOST_AUTO_TEST_CASE(literals_come_apart_and_together) {
  const auto array = split_array(R"({{a,"b \"c\" \\"},{NULL,"NULL"}})");
  BOOST_REQUIRE(array.has_value());
  BOOST_REQUIRE_EQUAL(array->size(), 4u);
  BOOST_CHECK_EQUAL((*array)[1].value.value(), "b \"c\" \\");
  BOOST_CHECK(!(*array)[2].value.has_value());
  BOOST_CHECK_EQUAL((*array)[3].value.value(), "NULL");
  BOOST_CHECK_EQUAL(join_array(R"({{a,"b \"c\" \\"},{NULL,"NULL"}})", *array),
                    R"({{"a","b \"c\" \\"},{NULL,"NULL"}})");
  const auto row = split_composite(R"(("a ""b""",,x))");
  BOOST_REQUIRE(row.has_value());
  BOOST_REQUIRE_EQUAL(row->size(), 3u);
  BOOST_CHECK_EQUAL((*row)[0].value.value(), "a \"b\"");
  BOOST_CHECK(!(*row)[1].value.has_value());
  BOOST_CHECK_EQUAL(join_composite(R"(("a ""b""",,x))", *row), R"(("a \"b\"",,"x"))");
  for (const char* text : {"", "{", "{a", "a}", "{\"a}", "[0:1]", "{a}}"})
    BOOST_CHECK(!split_array(text).has_value());
  for (const char* text : {"", "(", ")", "(a", "(\"a)", "(a))"})
    BOOST_CHECK(!split_composite(text).has_value());
}

BOOST_AUTO_TEST_CASE(a_domain_of_values_has_a_key_of_its_own) {
  Customers both;
  both.source->execute("UPDATE customer SET first = last");
  both.run(
      "{ customer: { first: { use: core.hash, domain: other }, last: core.hash, card: { use:"
      " core.hash, domain: other } } }");
  BOOST_CHECK_EQUAL(both.target_value("SELECT bool_or(first = last) FROM customer"), "f");
}

BOOST_AUTO_TEST_SUITE_END()
