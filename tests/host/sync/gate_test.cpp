// SPDX-License-Identifier: MIT
// What the gate catches: each of its checks with something planted that it must find.
#include <boost/test/unit_test.hpp>

#include "host/sync/checksums.hpp"
#include "host/sync/gate.hpp"
#include "host/sync/source_values.hpp"
#include "tests/host/sync/two_databases.hpp"

using namespace host::sync;
using namespace host::sync::test;

namespace {

constexpr const char* rules = "{ person: { email: person.email, name: core.redact } }";

// Thirty people, and a table beside them that is copied as it is.
struct People : TwoDatabases {
  People() {
    source->execute(
        "CREATE TABLE person (id int PRIMARY KEY, email text, name text);"
        "CREATE TABLE note (id int PRIMARY KEY, body text, doc jsonb, tags text[], words tsvector,"
        " loud text GENERATED ALWAYS AS (upper(body)) STORED);"
        "INSERT INTO person SELECT n, 'person' || n || '@acme.example', 'Ada Lovelace ' || n"
        " FROM generate_series(1, 30) n;"
        "INSERT INTO note VALUES (1, 'nothing here', '{\"a\": 1}', '{x,y}', 'nothing:1')");
    clone_schema();
    before = fingerprint(*target);
    request.verify = Verify::full;
  }
  // The refusal, with the target as it was.
  std::string caught(const std::string& sql) {
    source->execute(sql);
    const std::string message = refusal_of(rules, request);
    BOOST_CHECK_EQUAL(fingerprint(*target), before);
    return message;
  }
  std::string before;
  Request request;
};

std::string failed(const std::string& line, const std::string& more = "") {
  return "sync.check_failed: the target was not published, a check did not hold:\n  " + line +
         " | the target is as it was before" + more;
}

ChecksumResult compare(const Plan& plan, host::postgres::Connection& source,
                       host::postgres::Connection& target) {
  Checksums checksums(plan, source, target);
  for (std::size_t table = 0; table < plan.tables.size(); ++table)
    checksums.compare(table, source, target);
  return checksums.result();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gate)

BOOST_AUTO_TEST_CASE(a_clean_target_passes_every_check) {
  People both;
  const Report report = both.run(rules, both.request);
  std::string names;
  for (const Check& check : report.checks) names += check.name + "=" + check.status + " ";
  BOOST_CHECK_EQUAL(names,
                    "foreign_keys=ok materialized_views=ok row_counts=ok checksums=ok "
                    "fixed_points=ok source_values=ok patterns=ok orphans=ok constraints=ok ");
  BOOST_CHECK_EQUAL(both.target_value("SELECT count(*), count(*) FILTER (WHERE email LIKE"
                                      " '%acme%') FROM person"),
                    "30|0");
}

BOOST_AUTO_TEST_CASE(a_source_value_within_a_text) {
  People both;
  const std::string message = both.caught("UPDATE note SET body = 'ask (ADA lovelace 7), please'");
  BOOST_CHECK(message.find("source_values: 1 values that were replaced elsewhere "
                           "(public.person.name) in column 'body' of table public.note") !=
              std::string::npos);
  // The copy that the server computes of it shows it too.
  BOOST_CHECK(message.find("column 'loud' of table public.note") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_source_value_in_a_document_an_array_and_a_text_search_vector) {
  People both;
  const std::string mail = "person7@acme.example";
  BOOST_CHECK(both.caught("UPDATE note SET doc = '{\"to\": [{\"mail\": \"" + mail + "\"}]}'")
                  .find("source_values: 1 values that were replaced elsewhere "
                        "(public.person.email) in column "
                        "'doc' of table public.note") != std::string::npos);
  BOOST_CHECK(
      both.caught("UPDATE note SET doc = NULL, tags = '{a,\"Ada Lovelace 9\"}'")
          .find(
              "source_values: 1 values that were replaced elsewhere (public.person.name) in column "
              "'tags' of table public.note") != std::string::npos);
  BOOST_CHECK(
      both.caught("UPDATE note SET tags = NULL, words = to_tsvector('simple', '" + mail + "')")
          .find("source_values: 1 values that were replaced elsewhere (public.person.email) in "
                "column "
                "'words' of table public.note") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_source_value_in_the_schema_itself) {
  People both;
  both.target->execute("COMMENT ON TABLE note IS 'as person3@acme.example wanted it'");
  BOOST_CHECK(both.caught("SELECT 1").find("in the definition of comment on table") !=
              std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_waiver_lets_it_pass_until_its_day) {
  People both;
  both.source->execute("UPDATE note SET body = 'ask person7@acme.example'");
  const std::string waived =
      "{ person: { email: person.email, name: core.redact }, note: { body: { keep: \"public\","
      " waived_until: 2999-12-31 } } }";
  // The generated copy of it is another column, which has no waiver of its own.
  both.source->execute("ALTER TABLE note DROP COLUMN loud");
  both.target->execute("ALTER TABLE note DROP COLUMN loud");
  const Report report = both.run(waived, both.request);
  BOOST_CHECK(report.checks[5].detail.find("waived: column 'body' of table public.note") !=
              std::string::npos);
  const std::string ended =
      "{ person: { email: person.email, name: core.redact }, note: { body: { keep: \"public\","
      " waived_until: 2020-12-31 } } }";
  BOOST_CHECK(both.refusal_of(ended, both.request).find("source_values: 1 values") !=
              std::string::npos);
}

BOOST_AUTO_TEST_CASE(patterns_with_their_check_digits) {
  People both;
  const auto found = [&](const std::string& text) {
    return both.caught("UPDATE note SET body = '" + text + "'");
  };
  const std::string place = " in column 'body' of table public.note";
  const std::string hint =
      "; give these columns a strategy, or write down why they may hold that: "
      "{ keep: \"REASON\", waived_until: YYYY-MM-DD }";
  BOOST_CHECK_EQUAL(found("mail joe@corp.test now"),
                    failed("patterns: 1 e-mail addresses" + place, hint));
  BOOST_CHECK_EQUAL(found("call +33 6 12 34 56 78"),
                    failed("patterns: 1 phone numbers" + place, hint));
  BOOST_CHECK_EQUAL(found("paid by 4111 1111 1111 1111"),
                    failed("patterns: 1 card numbers" + place, hint));
  BOOST_CHECK_EQUAL(found("to DE89 3704 0044 0532 0130 00 today"),
                    failed("patterns: 1 bank accounts" + place, hint));
  BOOST_CHECK_EQUAL(found("hers is 123-45-6789"),
                    failed("patterns: 1 social security numbers" + place, hint));
  BOOST_CHECK_EQUAL(found("with AKIAIOSFODNN7EXAMPLE"),
                    failed("patterns: 1 access tokens" + place, hint));
  both.source->execute(
      "UPDATE note SET body = 'joe@example.com, 4111 1111 1111 1112, DE88370400440532013000,"
      " +33 6, a@b'");
  BOOST_CHECK_NO_THROW(both.run(rules, both.request));
}

BOOST_AUTO_TEST_CASE(values_that_all_came_back_as_they_were) {
  People both;
  BOOST_CHECK(both.refusal_of("{ person: { email: faults.keep } }", both.request)
                  .find("fixed_points: all 30 values of column 'email' of table public.person came "
                        "back as they were") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(untouched_columns_that_differ) {
  People both;
  const auto sync = both.prepare(rules);
  const auto again = both.source_database.connect();
  BOOST_CHECK_EQUAL(compare(sync->plan(), *both.source, *again).differences.size(), 0u);
  both.target->execute(
      "INSERT INTO note SELECT id, body || '!', doc, tags, words FROM (VALUES"
      " (1, 'nothing here', '{\"a\": 1}'::jsonb, '{x,y}'::text[],"
      " 'nothing:1'::tsvector)) v (id, body, doc, tags, words);"
      "INSERT INTO person SELECT n, '', '' FROM generate_series(1, 30) n");
  const ChecksumResult result = compare(sync->plan(), *both.source, *both.target);
  BOOST_REQUIRE_EQUAL(result.differences.size(), 1u);
  BOOST_CHECK_EQUAL(result.differences[0].table.sql(), "public.note");
  BOOST_CHECK_EQUAL(result.differences[0].column, "body");
}

// What a type calls equal is not the same to the gate, nor are values that changed their rows.
BOOST_AUTO_TEST_CASE(columns_that_differ_by_little) {
  TwoDatabases both;
  both.source->execute(
      "CREATE EXTENSION citext;"
      "CREATE TABLE t (id int PRIMARY KEY, n numeric, c citext, b char(9), s bpchar, f float8,"
      " x text, y bytea, d timestamptz, j json, e text)");
  both.clone_schema();
  const std::string rows =
      "DELETE FROM t; INSERT INTO t VALUES"
      " (1, 1.0, 'a', 'a', 'a ', 0, 'x', '\\x00', '2024-01-01 00:00+00', '[1]', NULL),"
      " (2, 2, 'b', 'b', 'b', 2, 'y', '\\x01', 'infinity', '{}', '')";
  both.source->execute(rows);
  const auto sync = both.prepare();
  const auto differing = [&](const std::string& change) {
    both.target->execute(rows);
    both.target->execute(change);
    const ChecksumResult result = compare(sync->plan(), *both.source, *both.target);
    std::string columns;
    for (const auto& difference : result.differences) columns += difference.column + " ";
    return columns;
  };
  BOOST_CHECK_EQUAL(differing("SELECT 1"), "");
  BOOST_CHECK_EQUAL(differing("UPDATE t SET n = 1.00 WHERE id = 1"), "n ");
  BOOST_CHECK_EQUAL(differing("UPDATE t SET c = 'A' WHERE id = 1"), "c ");
  BOOST_CHECK_EQUAL(differing("UPDATE t SET s = 'a' WHERE id = 1"), "s ");
  BOOST_CHECK_EQUAL(differing("UPDATE t SET f = '-0' WHERE id = 1"), "f ");
  BOOST_CHECK_EQUAL(differing("UPDATE t SET x = 'X' WHERE id = 1"), "x ");
  BOOST_CHECK_EQUAL(differing("UPDATE t SET y = '\\x0000' WHERE id = 1"), "y ");
  BOOST_CHECK_EQUAL(differing("UPDATE t SET d = '2024-01-01 00:00:00.000001+00' WHERE id = 1"),
                    "d ");
  BOOST_CHECK_EQUAL(differing("UPDATE t SET j = '[1 ]' WHERE id = 1"), "j ");
  BOOST_CHECK_EQUAL(differing("UPDATE t SET e = '' WHERE id = 1"), "e ");
  BOOST_CHECK_EQUAL(differing("UPDATE t SET x = CASE id WHEN 1 THEN 'y' ELSE 'x' END"), "id ");
  BOOST_CHECK_EQUAL(differing("DELETE FROM t WHERE id = 1"), "id n c b s f x y d j e ");
}

BOOST_AUTO_TEST_CASE(columns_of_another_type_that_cannot_hold_all) {
  TwoDatabases both;
  both.source->execute(
      "CREATE TYPE mood AS ENUM ('new', 'paid');"
      "CREATE TABLE t (id int PRIMARY KEY, n numeric(10, 4), f float8, at timestamptz, c char(9),"
      " j json, m mood, d timestamp, i int, x text, w numeric)");
  both.clone_schema();
  both.target->execute(
      "ALTER TABLE t ALTER i TYPE bigint, ALTER c TYPE text, ALTER x TYPE varchar(20),"
      " ALTER j TYPE jsonb, ALTER m TYPE text, ALTER f TYPE numeric, ALTER w TYPE numeric(20, 10)");
  both.source->execute(
      "INSERT INTO t VALUES (1, 1.2345, 0.1, '2024-01-01 10:00:00.5+02', 'a', '{\"a\" : 1}', 'new',"
      " '2024-01-01 10:00', 7, 'x', 1.50); INSERT INTO t (id) VALUES (2)");
  Request full;
  full.verify = Verify::full;
  const Report as_they_were = both.run({}, full);
  BOOST_CHECK_EQUAL(as_they_were.checks[3].name, "checksums");
  BOOST_CHECK_EQUAL(as_they_were.checks[3].detail, "11 columns as they were");
  both.target->execute(
      "ALTER TABLE t ALTER n TYPE numeric(10, 1), ALTER f TYPE float4, ALTER d TYPE date,"
      " ALTER at TYPE timestamptz(0)");
  const std::string d =
      "column 'd' of table public.t (timestamp without time zone in the source,"
      " date in the target)";
  const auto retyped = [](const std::string& column, const std::string& was,
                          const std::string& is) {
    return "column '" + column + "' of table public.t (" + was + " in the source, " + is +
           " in the target)";
  };
  const std::string n = retyped("n", "numeric(10,4)", "numeric(10,1)"),
                    f = retyped("f", "double precision", "real"),
                    at = retyped("at", "timestamp with time zone", "timestamp(0) with time zone");
  const std::string not_what = " is not what it was";
  BOOST_CHECK_EQUAL(both.refusal_of({}, full),
                    "sync.check_failed: the target was not published, checks did not hold:\n"
                    "  checksums: " +
                        n + not_what + "\n  checksums: " + f + not_what + "\n  checksums: " + at +
                        not_what + "\n  checksums: " + d + not_what +
                        " | the target is as it was before");
  const Report counts = both.run();
  BOOST_CHECK_EQUAL(counts.checks.back().name + ", " + counts.checks.back().status,
                    "types, warning");
  BOOST_CHECK_EQUAL(counts.checks.back().detail,
                    n + ", " + f + ", " + at + " and " + d + " cannot hold all that was read");
}

// Over several connections the same is found as over one.
BOOST_AUTO_TEST_CASE(what_is_read_is_shared_out_over_connections) {
  People both;
  both.source->execute("UPDATE note SET body = 'joe@corp.test'");
  const auto sync = both.prepare(rules);
  both.target->execute(
      "INSERT INTO note (id, body) VALUES (1, 'joe@corp.test');"
      "INSERT INTO person SELECT n, '', '' FROM generate_series(1, 30) n");
  const Catalog catalog = read_catalog(*both.source);
  const std::vector<host::config::StrategyDefinition> none;
  const StrategyBook book(none, registry());
  const Decisions decisions(catalog, {}, {}, book);
  const host::config::Anonymization anonymization;
  const SourceValues values(sync->plan(), *both.source, both.cancellation);
  std::vector<std::unique_ptr<host::postgres::Connection>> others;
  const auto checked_over = [&](std::size_t more) {
    GateInput input{sync->plan(), catalog,      decisions, anonymization,
                    *both.source, *both.target, &values,   both.cancellation};
    for (std::size_t i = 0; i < more; ++i) {
      others.push_back(both.source_database.connect());
      others.push_back(both.target_database.connect());
      input.more.push_back({others[2 * i].get(), others[2 * i + 1].get()});
    }
    Report report;
    return refusal([&] { run_gate(input, report); });
  };
  const std::string one = checked_over(0);
  BOOST_CHECK(one.find("checksums: column 'doc' of table public.note") != std::string::npos);
  BOOST_CHECK(one.find("patterns: 1 e-mail addresses in column 'body'") != std::string::npos);
  BOOST_CHECK_EQUAL(checked_over(3), one);
  // A connection that is gone is no check that holds.
  const std::string pid = std::to_string(others[1]->backend_pid());
  both.source->query("SELECT pg_terminate_backend(" + pid + ")");
  GateInput broken{sync->plan(), catalog,    decisions, anonymization,
                   *both.source, *others[1], &values,   both.cancellation};
  Report report;
  BOOST_CHECK_NE(refusal([&] { run_gate(broken, report); }), one);
}

BOOST_AUTO_TEST_CASE(rows_that_are_missing) {
  People both;
  const auto sync = both.prepare(rules);
  const Catalog catalog = read_catalog(*both.source);
  const std::vector<host::config::StrategyDefinition> none;
  const StrategyBook book(none, registry());
  const Decisions decisions(catalog, {}, {}, book);
  const host::config::Anonymization anonymization;
  const SourceValues values(sync->plan(), *both.source, both.cancellation);
  Report report;
  report.tables.push_back({{"public", "note"}, 1, {}, {}, 0, 0});
  BOOST_CHECK_EQUAL(
      refusal([&] {
        run_gate({sync->plan(), catalog, decisions, anonymization, *both.source, *both.target,
                  nullptr, both.cancellation},
                 report);
      }),
      failed("row_counts: table public.note holds 0 rows after 1 were written (a trigger or a rule "
             "of the target changed them)"));
}

BOOST_AUTO_TEST_CASE(rows_without_parents_by_a_key_that_is_not_valid) {
  TwoDatabases both;
  both.source->execute(
      "CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (parent int);"
      "ALTER TABLE child ADD CONSTRAINT child_parent FOREIGN KEY (parent) REFERENCES parent"
      " NOT VALID; INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1)");
  both.clone_schema();
  Request request;
  request.verify = Verify::full;
  request.selection.tables = {"child"};
  BOOST_CHECK_EQUAL(both.refusal_of({}, request),
                    failed("orphans: 1 rows of table public.child have no parent by foreign key "
                           "'child_parent', which is not valid"));
}

BOOST_AUTO_TEST_CASE(combinations_that_single_people_out) {
  TwoDatabases both;
  both.source->execute(
      "CREATE TABLE patient (id int PRIMARY KEY, zip text, year int);"
      "INSERT INTO patient SELECT n, 'A', 1980 FROM generate_series(1, 5) n;"
      "INSERT INTO patient VALUES (6, 'B', 1980)");
  both.clone_schema();
  both.more = "k_anonymity: [ { table: patient, columns: [zip, year], k: 3 } ]\n";
  BOOST_CHECK_EQUAL(both.refusal_of(),
                    failed("k_anonymity: 1 rows of table public.patient have 1 combinations of "
                           "columns zip and year that occur fewer than 3 times"));
  both.source->execute("DELETE FROM patient WHERE id = 6");
  BOOST_CHECK_EQUAL(both.run().checks.back().name, "k_anonymity");
}

BOOST_AUTO_TEST_CASE(the_manifest_says_what_was_done_and_no_value) {
  People both;
  const Report report = both.run(rules, both.request);
  BOOST_CHECK_EQUAL(
      both.target_value("SELECT count(*) FROM confiture.audit WHERE event = 'sync.published'"),
      "1");
  BOOST_CHECK_EQUAL(
      both.target_value("SELECT manifest ->> 'source', manifest ->> 'rows',"
                        " manifest #>> '{tables,public.person,columns,email,decision,strategy}',"
                        " length(manifest ->> 'key_fingerprint'),"
                        " manifest #>> '{plugins,0,id}', jsonb_array_length(manifest -> 'checks')"
                        " FROM confiture.audit, LATERAL (SELECT payload::jsonb) p (manifest)"
                        " WHERE event = 'sync.published'"),
      "source|31|person.email|32|core|9");
  BOOST_CHECK(report.manifest.find("acme.example") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
