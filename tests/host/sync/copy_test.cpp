// SPDX-License-Identifier: MIT
// What arrives in the target.
#include <boost/test/unit_test.hpp>

#include "tests/host/sync/two_databases.hpp"

using namespace host::sync;
using namespace host::sync::test;

namespace {

constexpr const char* rules =
    "{ sales.customer: { email: person.email, phone: { use: person.phone, with: { keep_last: 2 } },"
    " note: core.null, name: core.redact },"
    " 'sales.\"Order Line\"': { E-Mail: person.email, code: drop },"
    " sales.event: { who: core.hash }, sales.base: { who: core.hash } }";

// Each row of a table as text, in order.
std::string rows_of(const std::string& table) {
  return "SELECT t FROM ONLY " + table + " AS t ORDER BY t::text COLLATE \"C\"";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(copy)

BOOST_AUTO_TEST_CASE(every_value_of_every_type_arrives_as_it_was) {
  TwoDatabases both;
  both.fill();
  const Report report = both.run();
  for (const char* table : {"sales.customer", "sales.\"Order Line\"", "sales.node", "sales.chief",
                            "sales.team", "sales.event_old", "sales.event_new", "sales.base",
                            "sales.special", "sales.countdown", "sales.empty"})
    BOOST_CHECK_EQUAL(both.target_value(rows_of(table)), both.source_value(rows_of(table)));
  BOOST_CHECK_EQUAL(report.tables.size(), 11u);
  BOOST_CHECK_EQUAL(report.rows, 18u);
  BOOST_REQUIRE_EQUAL(report.checks.size(), 3u);
  BOOST_CHECK_EQUAL(report.checks[0].detail, "5 added and valid");
  BOOST_CHECK_EQUAL(report.checks[1].detail, "2 refreshed");
  BOOST_CHECK_EQUAL(report.checks[2].detail, "11 tables, 18 rows");
  BOOST_CHECK(both.warnings.empty());
}

BOOST_AUTO_TEST_CASE(a_second_run_replaces_what_the_first_left) {
  TwoDatabases both;
  both.fill();
  both.run(rules);
  const std::string first = both.target_value(rows_of("sales.customer"));
  both.run(rules);
  BOOST_CHECK_EQUAL(both.target_value(rows_of("sales.customer")), first);
}

BOOST_AUTO_TEST_CASE(masked_columns_change_and_nothing_else) {
  TwoDatabases both;
  both.fill();
  const Report report = both.run(rules);
  const std::string untouched = "SELECT id, email IS NULL FROM sales.customer ORDER BY id";
  BOOST_CHECK_EQUAL(both.target_value(untouched), both.source_value(untouched));
  BOOST_CHECK_EQUAL(both.target_value("SELECT count(*) FROM sales.customer WHERE email ~"
                                      " '^[a-z2-7]{16}@example\\.(com|org|net)$'"
                                      " AND searched = lower(email) AND note IS NULL"),
                    "4");
  BOOST_CHECK_EQUAL(both.target_value("SELECT name FROM sales.customer ORDER BY id"),
                    "[redacted]|[redacted]|[redacted]|");
  BOOST_CHECK_EQUAL(both.target_value("SELECT phone ~ '^\\(\\d{3}\\) \\d{3}-\\d{2}88$'"
                                      " AND phone <> '(171) 555-7788'"
                                      " FROM sales.customer WHERE id = 1"),
                    "t");
  const std::string others =
      "SELECT \"Line No\", customer, state, tags, doc, raw, at, took, amount, ratio"
      " FROM sales.\"Order Line\" ORDER BY 1";
  BOOST_CHECK_EQUAL(both.target_value(others), both.source_value(others));
  BOOST_CHECK_EQUAL(
      both.target_value("SELECT code IS NULL FROM sales.\"Order Line\" ORDER BY \"Line No\""),
      "t|t");
  const TableReport& customer = report.tables[4];
  BOOST_CHECK_EQUAL(customer.table.sql(), "sales.customer");
  BOOST_CHECK_EQUAL(customer.rows, 4u);
  BOOST_CHECK(
      (customer.masked_columns == std::vector<std::string>{"email", "name", "phone", "note"}));
  BOOST_CHECK_EQUAL(customer.unchanged_cells, 0u);
}

BOOST_AUTO_TEST_CASE(equal_values_stay_equal_across_tables_and_differ_under_another_key) {
  TwoDatabases both;
  both.fill();
  both.run(rules);
  const std::string email = "SELECT email FROM sales.customer WHERE id = 1";
  const std::string first = both.target_value(email);
  BOOST_CHECK_EQUAL(
      both.target_value("SELECT \"E-Mail\" FROM sales.\"Order Line\" WHERE \"Line No\" = 1"),
      first);
  both.key = "another key of at least 32 bytes";
  both.run(rules);
  BOOST_CHECK_NE(both.target_value(email), first);
}

BOOST_AUTO_TEST_CASE(rules_of_a_parent_hold_for_partitions_and_children) {
  TwoDatabases both;
  both.fill();
  both.run(rules);
  BOOST_CHECK_EQUAL(
      both.target_value("SELECT count(*), count(who) FILTER (WHERE who ~ '^[0-9a-f]{32}$')"
                        " FROM sales.event"),
      "3|2");
  BOOST_CHECK_EQUAL(both.target_value("SELECT count(*) FROM sales.base"
                                      " WHERE who ~ '^[0-9a-f]{32}$'"),
                    "2");
}

BOOST_AUTO_TEST_CASE(triggers_and_foreign_keys_are_what_they_were) {
  TwoDatabases both;
  both.fill();
  const std::string objects =
      "SELECT conrelid::regclass || ' ' || conname || pg_get_constraintdef(oid) || convalidated ||"
      " coalesce(obj_description(oid, 'pg_constraint'), '') FROM pg_constraint WHERE conrelid <> 0"
      " UNION ALL SELECT tgname || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal"
      " ORDER BY 1";
  const std::string before = both.target_value(objects);
  both.run(rules);
  BOOST_CHECK_EQUAL(both.target_value(objects), before);
}

BOOST_AUTO_TEST_CASE(sequences_go_on_after_what_the_target_holds) {
  TwoDatabases both;
  both.fill();
  both.run();
  BOOST_CHECK_EQUAL(both.target_value("SELECT nextval('sales.customer_id_seq'),"
                                      " nextval('sales.\"Order Line_Line No_seq\"'),"
                                      " nextval('sales.down'), nextval('sales.empty_id_seq')"),
                    "5|3|-3|1");
}

BOOST_AUTO_TEST_CASE(materialized_views_hold_the_new_rows) {
  TwoDatabases both;
  both.fill();
  both.run(rules);
  BOOST_CHECK_EQUAL(both.target_value("SELECT customers FROM sales.a_second"), "4");
  BOOST_CHECK_EQUAL(
      both.target_value("SELECT count(*) FROM sales.b_first JOIN sales.customer USING (id, email)"),
      "4");
}

BOOST_AUTO_TEST_CASE(selected_tables_alone_are_replaced) {
  TwoDatabases both;
  both.fill();
  both.target->execute("INSERT INTO sales.countdown VALUES (77)");
  Request request;
  request.selection.tables = {"sales.customer", "sales.event"};
  request.selection.exclude = {"sales.event_old"};
  const Report report = both.run({}, request);
  BOOST_REQUIRE_EQUAL(report.tables.size(), 2u);
  BOOST_CHECK_EQUAL(report.tables[0].table.sql(), "sales.customer");
  BOOST_CHECK_EQUAL(report.tables[1].table.sql(), "sales.event_new");
  BOOST_CHECK_EQUAL(both.target_value("SELECT id FROM sales.countdown"), "77");
}

BOOST_AUTO_TEST_CASE(a_strategy_option_needs_no_configuration) {
  TwoDatabases both;
  both.fill();
  Request request;
  request.strategies = {parse_strategy_option("sales.\"Order Line\".E-Mail=core.redact")};
  both.run({}, request);
  BOOST_CHECK_EQUAL(
      both.target_value("SELECT \"E-Mail\" FROM sales.\"Order Line\" ORDER BY \"Line No\""),
      "[redacted]|");
}

BOOST_AUTO_TEST_CASE(columns_are_matched_by_name_and_hold_what_copy_escapes) {
  TwoDatabases both;
  both.source->execute(
      "CREATE TABLE t (a text, b int, c text);"
      "INSERT INTO t SELECT E'x\\ty\\\\N', i, 'z' || i FROM generate_series(1, 999) i");
  both.target->execute(
      "CREATE TABLE t (c text, extra int DEFAULT 9, gone int, b bigint, a text);"
      "ALTER TABLE t DROP COLUMN gone");
  Request request;
  request.limits = {1, 1};  // a row a chunk, a chunk a queue
  both.run("{ t: { a: faults.lines } }", request);
  BOOST_CHECK_EQUAL(
      both.target_value("SELECT count(*), sum(b), min(extra), max(c), count(*) FILTER (WHERE a ="
                        " E'x\\ty\\\\N\\t\\\\N\\n\\\\.\\r\\b\\f\\x0b\\\\') FROM t"),
      "999|499500|9|z999|999");
}

BOOST_AUTO_TEST_CASE(context_columns_are_seen_even_where_they_are_not_copied) {
  TwoDatabases both;
  both.source->execute(
      "CREATE TABLE t (a text, b text, g text GENERATED ALWAYS AS (upper(b)) STORED, z int);"
      "INSERT INTO t VALUES ('a1', E'b\\\\1', DEFAULT, 1), ('a2', NULL, DEFAULT, 2)");
  both.clone_schema();
  both.run("{ t: { a: { use: faults.fail_on, with: { beside: g } }, b: drop } }");
  BOOST_CHECK_EQUAL(both.target_value("SELECT a, b IS NULL, z FROM t ORDER BY z"),
                    "a1+B\\1|t|1|a2+-|t|2");
}

BOOST_AUTO_TEST_CASE(a_dry_run_shows_new_values_and_writes_nothing) {
  TwoDatabases both;
  both.fill();
  const std::string before = fingerprint(*both.target);
  {
    const auto sync = both.prepare(rules);
    const std::vector<Sample> samples = sync->sample(2);
    BOOST_REQUIRE_EQUAL(samples.size(), 9u);
    BOOST_CHECK_EQUAL(samples[0].table.sql(), "sales.\"Order Line\"");
    BOOST_CHECK_EQUAL(samples[0].column, "E-Mail");
    BOOST_REQUIRE_EQUAL(samples[0].after.size(), 2u);
    BOOST_CHECK_EQUAL(samples[0].before[0].value(), "alice@acme.example");
    BOOST_CHECK_EQUAL(samples[0].after[0]->size(), 28u);
    BOOST_CHECK(!samples[0].after[1].has_value());
  }
  BOOST_CHECK_EQUAL(fingerprint(*both.target), before);
}

BOOST_AUTO_TEST_SUITE_END()
