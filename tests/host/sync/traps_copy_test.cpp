// SPDX-License-Identifier: MIT
// Ways in which copies with replaced values go wrong, and how they arrive all the same. The numbers
// are those of the list that the project keeps.
#include <boost/test/unit_test.hpp>

#include "tests/host/sync/two_databases.hpp"

using namespace host::sync;
using namespace host::sync::test;

namespace {

struct Trap : TwoDatabases {
  explicit Trap(const std::string& sql) {
    source->execute(sql);
    clone_schema();
  }
  // All rows of a table arrive as they are.
  void arrives(const std::string& table) {
    const std::string rows = "SELECT t::text FROM ONLY " + table + " AS t ORDER BY 1";
    BOOST_CHECK_EQUAL(target_value(rows), source_value(rows));
    BOOST_CHECK_NE(target_value(rows), "");
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(traps_copy)

BOOST_AUTO_TEST_CASE(trap_05_equal_values_that_are_written_differently) {
  Trap trap(
      "CREATE EXTENSION citext; CREATE TABLE a (c citext PRIMARY KEY, p char(40) UNIQUE);"
      "CREATE TABLE b (c citext REFERENCES a, p char(50) REFERENCES a (p));"
      "INSERT INTO a VALUES ('Zo\u00cb', 'x'); INSERT INTO b VALUES ('zo\u00eb', 'x')");
  trap.run(
      "{ a: { c: core.hash, p: core.hash }, b: { c:"
      " core.hash, p: core.hash } }");
  BOOST_CHECK_EQUAL(trap.target_value("SELECT count(*) FROM a JOIN b USING (c)"), "1");
}

BOOST_AUTO_TEST_CASE(trap_10_generated_columns_are_computed_from_what_was_replaced) {
  Trap trap(
      "CREATE TABLE t (mail text, searched text GENERATED ALWAYS AS (upper(mail)) STORED);"
      "INSERT INTO t VALUES ('ada@acme.example')");
  trap.run("{ t: { mail: core.redact } }");
  BOOST_CHECK_EQUAL(trap.target_value("SELECT searched FROM t"), "[REDACTED]");
}

BOOST_AUTO_TEST_CASE(trap_11_and_12_identities_keep_their_values_and_sequences_follow_the_target) {
  Trap trap(
      "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY); CREATE SEQUENCE down INCREMENT -2"
      " MINVALUE -100 MAXVALUE -1; CREATE TABLE d (id int DEFAULT nextval('down'));"
      "CREATE TABLE empty (id serial); INSERT INTO t OVERRIDING SYSTEM VALUE VALUES (7);"
      "SELECT setval('t_id_seq', 5000); INSERT INTO d DEFAULT VALUES");
  trap.run();
  BOOST_CHECK_EQUAL(trap.target_value("SELECT id, nextval('t_id_seq'), nextval('down'),"
                                      " nextval('empty_id_seq') FROM t"),
                    "7|8|-3|1");
}

BOOST_AUTO_TEST_CASE(trap_14_children_are_not_copied_twice) {
  Trap trap(
      "CREATE TABLE base (a int); CREATE TABLE child () INHERITS (base);"
      "INSERT INTO base VALUES (1); INSERT INTO child VALUES (2)");
  trap.run();
  BOOST_CHECK_EQUAL(trap.target_value("SELECT count(*), sum(a) FROM base"), "2|3");
}

BOOST_AUTO_TEST_CASE(trap_15_what_copy_has_to_escape) {
  Trap trap(
      "CREATE TABLE t (a text, b text, c bytea, d text[]); INSERT INTO t VALUES"
      " (E'\\\\N', '', '\\x005c0a09', ARRAY['NULL', NULL, '', E'a\\\\\"b']), (NULL, E'\\\\.',"
      " NULL, '{}'), (E'a\\tb\\nc\\rd\\\\', 'C:\\New', '', NULL)");
  trap.run("{ t: { b: faults.keep } }");
  trap.arrives("t");
}

BOOST_AUTO_TEST_CASE(trap_16_bytes_that_are_no_text_of_the_target) {
  TwoDatabases both;
  const std::string name = both.source_database.name() + "_ascii";
  both.source->execute("CREATE DATABASE " + name +
                       " TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'");
  const auto utf8 = std::exchange(
      both.source, host::test::connect_to(host::test::replaced(both.source_database.url(),
                                                               both.source_database.name(), name)));
  const std::string table = "CREATE TABLE t (id int, a text)";
  both.source->execute(table +
                       "; INSERT INTO t VALUES (1, convert_from('\\x6166ff', 'SQL_ASCII'))");
  both.target->execute(table + "; INSERT INTO t VALUES (0, 'old')");
  // The source itself refuses to send them as UTF-8, whatever they would become.
  for (const char* rules : {"", "{ t: { a: faults.keep } }", "{ t: { a: core.redact } }"}) {
    const std::string message = both.refusal_of(rules);
    BOOST_CHECK_MESSAGE(message.find("22021") != std::string::npos, message);
    BOOST_CHECK_MESSAGE(message.find("0xff") == std::string::npos, message);
    BOOST_CHECK_EQUAL(both.target_value("TABLE t"), "0|old");
  }
  both.source.reset();
  utf8->execute("DROP DATABASE " + name);
  both.source = both.source_database.connect();
}

BOOST_AUTO_TEST_CASE(trap_17_settings_of_the_databases_change_no_value) {
  Trap trap(
      "CREATE TABLE t (a date, b interval, c timestamptz, d float8, e bytea, f money, g xml);"
      "INSERT INTO t VALUES ('2026-02-03', '1 mon 2 days 03:04:05.6', '2026-03-29 02:30+02', 0.1,"
      " '\\xff', 1.5, 'a<b/>')");
  for (const auto* connection : {&trap.source, &trap.target})
    (*connection)
        ->execute(connection == &trap.source
                      ? "SET DateStyle = 'German, DMY'; SET IntervalStyle = 'iso_8601'; SET"
                        " TimeZone = 'Asia/Tokyo'; SET extra_float_digits = 0; SET bytea_output ="
                        " 'escape'"
                      : "SET DateStyle = 'SQL, MDY'; SET TimeZone = 'America/New_York'");
  trap.run("{ t: { a: faults.keep } }");
  trap.source = trap.source_database.connect();
  trap.target = trap.target_database.connect();
  trap.arrives("t");
}

BOOST_AUTO_TEST_CASE(trap_18_special_values) {
  Trap trap(
      "CREATE TABLE t (a float8, b numeric, c date, d timestamptz, e time, f timestamp);"
      "INSERT INTO t VALUES ('NaN', 'Infinity', 'infinity', '-infinity', '24:00:00', '0044-03-15"
      " BC'), ('-Infinity', 'NaN', '12345-01-01', '294276-12-31', '23:59:59.999999', NULL),"
      " ('-0', '-0.00', NULL, NULL, NULL, NULL)");
  trap.run("{ t: { a: faults.keep } }");
  trap.arrives("t");
}

BOOST_AUTO_TEST_CASE(trap_19_and_20_nested_values_and_documents_keep_every_byte) {
  Trap trap(
      "CREATE TYPE pair AS (x int, y text); CREATE DOMAIN tags AS text[];"
      "CREATE TABLE t (a pair, b pair[], c int[][], d int4range, e tags, f json, g jsonb);"
      "INSERT INTO t VALUES ('(1,\"a \"\"b\"\", c\")', '{\"(1,x)\",NULL}', '{{1,2},{3,NULL}}',"
      " '[1,5)', '{a,\"b c\"}', '{ \"b\":1,\"b\" : 1e400, \"a\":12345678901234567890}',"
      " '{\"b\": 1.10, \"a\": 12345678901234567890}')");
  trap.run("{ t: { c: faults.keep } }");
  trap.arrives("t");
}

BOOST_AUTO_TEST_CASE(trap_22_large_objects_stay_where_they_are) {
  Trap trap("CREATE TABLE t (file oid); INSERT INTO t VALUES (lo_from_bytea(0, '\\x414441'))");
  trap.run();
  trap.arrives("t");
  BOOST_CHECK_EQUAL(trap.target_value("SELECT count(*) FROM pg_largeobject_metadata"), "0");
}

BOOST_AUTO_TEST_CASE(trap_24_25_and_28_triggers_views_and_circles) {
  Trap trap(
      "CREATE TABLE a (x int PRIMARY KEY, y int); CREATE TABLE b (y int PRIMARY KEY, x int"
      " REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (y) REFERENCES b DEFERRABLE;"
      "CREATE TABLE log (x int); CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
      " $$ BEGIN INSERT INTO log VALUES (1); RETURN NEW; END $$;"
      "INSERT INTO a VALUES (1, NULL); INSERT INTO b VALUES (2, 1); UPDATE a SET y = 2;"
      "CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION note();"
      "ALTER TABLE a ENABLE ALWAYS TRIGGER t;"
      "CREATE MATERIALIZED VIEW m1 AS SELECT * FROM a WITH NO DATA;"
      "CREATE MATERIALIZED VIEW m0 AS SELECT count(*) AS n FROM m1 WITH NO DATA");
  trap.run();
  BOOST_CHECK_EQUAL(trap.target_value("SELECT (SELECT count(*) FROM log), n, (SELECT tgenabled FROM"
                                      " pg_trigger WHERE tgname = 't') FROM m0"),
                    "0|1|A");
}

BOOST_AUTO_TEST_CASE(trap_29_tables_without_a_key) {
  Trap trap("CREATE TABLE t (a text); INSERT INTO t SELECT 'same' FROM generate_series(1, 20000)");
  Request request;
  request.verify = Verify::full;
  request.jobs = 3;
  BOOST_CHECK_EQUAL(trap.run("{ t: { a: core.redact } }", request).rows, 20'000u);
}

// Rows move to other places, into holes and behind the last page, while several read.
BOOST_AUTO_TEST_CASE(trap_30_ranges_of_places_in_one_snapshot) {
  Trap trap(
      "CREATE TABLE t (id int, a text, b text); INSERT INTO t SELECT n, 'a' || n, repeat('b', 100)"
      " FROM generate_series(1, 20000) n; DELETE FROM t WHERE id % 10 = 0");
  const std::string rows = "SELECT count(*), sum(id), count(DISTINCT id), count(DISTINCT a) FROM t";
  const std::string before = trap.source_value(rows);
  BOOST_CHECK_EQUAL(before, "18000|180000000|18000|18000");
  Request request;
  request.publish = Publish::rename;
  request.verify = Verify::full;
  request.jobs = 3;
  request.piece_bytes = 64 * 1024;
  const auto sync = trap.prepare("{ t: { a: core.hash } }", request);
  const auto other = trap.source_database.connect();
  other->execute("UPDATE t SET id = -id, b = b || 'b' WHERE id % 3 = 0");
  other->execute("INSERT INTO t SELECT 0, 'new', repeat('n', 200) FROM generate_series(1, 5000)");
  other->execute("DELETE FROM t WHERE id % 7 = 0");
  BOOST_CHECK_EQUAL(sync->run().rows, 18'000u);
  BOOST_CHECK_EQUAL(trap.target_value(rows), before);
}

BOOST_AUTO_TEST_CASE(trap_31_only_tables_that_are_somebodys) {
  Trap trap(
      "CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;"
      "CREATE FOREIGN TABLE f (a text) SERVER files OPTIONS (filename '/dev/null');"
      "CREATE UNLOGGED TABLE u (a int); INSERT INTO u VALUES (1); CREATE TEMPORARY TABLE mine (a"
      " int); CREATE TABLE theirs (a int); INSERT INTO theirs VALUES (1);"
      "ALTER EXTENSION file_fdw ADD TABLE theirs");
  const Report report = trap.run();
  BOOST_REQUIRE_EQUAL(report.tables.size(), 1u);
  BOOST_CHECK_EQUAL(report.tables[0].table.sql(), "public.u");
}

BOOST_AUTO_TEST_CASE(trap_32_names_of_every_kind) {
  Trap trap(
      "CREATE SCHEMA \"We\"\"ird.s\"; CREATE TABLE \"We\"\"ird.s\".\"select\" (\"Na.me\" text,"
      " \"\u00e9\" int, \"user\" text, \"" +
      std::string(63, 'x') +
      "\" text);"
      "INSERT INTO \"We\"\"ird.s\".\"select\" VALUES ('a', 1, 'b', 'c')");
  trap.run("{ '\"We\"\"ird.s\".\"select\"': { Na.me: core.redact, " + std::string(63, 'x') +
           ": core.redact } }");
  BOOST_CHECK_EQUAL(trap.target_value("TABLE \"We\"\"ird.s\".\"select\""),
                    "[redacted]|1|b|[redacted]");
}

BOOST_AUTO_TEST_CASE(trap_33_columns_by_name_never_by_position) {
  Trap trap(
      "CREATE TABLE t (gone int, a text, b text); ALTER TABLE t DROP COLUMN gone;"
      "INSERT INTO t VALUES ('a', 'b')");
  trap.target->execute("DROP TABLE t; CREATE TABLE t (b text, more int DEFAULT 3, a text)");
  trap.run("{ t: { a: core.redact } }");
  BOOST_CHECK_EQUAL(trap.target_value("SELECT a, b, more FROM t"), "[redacted]|b|3");
}

BOOST_AUTO_TEST_CASE(trap_34_and_36_one_snapshot_of_one_schema) {
  Trap trap("CREATE TABLE t (a int); INSERT INTO t VALUES (1)");
  const auto sync = trap.prepare();
  const auto other = trap.source_database.connect();
  BOOST_CHECK(refusal([&] {
                other->execute("SET lock_timeout = '50ms'; ALTER TABLE t ADD b int");
              }).find("lock timeout") != std::string::npos);
  other->execute("INSERT INTO t VALUES (2)");
  BOOST_CHECK_EQUAL(sync->run().rows, 1u);
}

// Until then nothing keeps others from it: an int4 in COPY's binary format would be read as a
// float4 of the same bytes.
BOOST_AUTO_TEST_CASE(trap_34_a_target_that_is_another_than_planned) {
  for (const char* change : {"ALTER TABLE t ALTER a TYPE float4", "ALTER TABLE t ADD b int",
                             "CREATE UNIQUE INDEX late ON t (a)",
                             "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p"}) {
    Trap trap(
        "CREATE TABLE t (a int); CREATE TABLE p (a int PRIMARY KEY); INSERT INTO t VALUES (1)");
    trap.target->execute("INSERT INTO p VALUES (7); INSERT INTO t VALUES (7)");
    const auto sync = trap.prepare();
    trap.target_database.connect()->execute(change);
    BOOST_CHECK_EQUAL(refusal([&] { sync->run(); }).substr(0, 19), "sync.target_changed");
    BOOST_CHECK_EQUAL(trap.value(*trap.target_database.connect(), "TABLE p"), "7");
  }
  Trap trap("CREATE TABLE t (a int); INSERT INTO t VALUES (1)");
  trap.target->execute("INSERT INTO t VALUES (7)");
  const auto sync = trap.prepare();
  trap.target_database.connect()->execute("ALTER TABLE t ALTER a TYPE float4");
  BOOST_CHECK_EQUAL(refusal([&] { sync->run(); }),
                    "sync.target_changed: the target's table public.t was changed after the copy "
                    "was planned | run it again");
  BOOST_CHECK_EQUAL(trap.value(*trap.target_database.connect(), "TABLE t"), "7");
}

BOOST_AUTO_TEST_CASE(trap_35_limits_of_the_sessions_do_not_end_a_copy) {
  Trap trap("CREATE TABLE t (a int)");
  std::string limits;
  trap.progress = [&](const Progress& state) {
    if (state.doing != "checking") return;
    for (const auto* connection : {&trap.source, &trap.target})
      for (const char* limit : {"statement_timeout", "idle_in_transaction_session_timeout"})
        limits += (*connection)->query(std::string("SHOW ") + limit).text(0, 0) + " ";
  };
  for (const auto* connection : {&trap.source, &trap.target})
    (*connection)
        ->execute("SET idle_in_transaction_session_timeout = '1h'; SET statement_timeout = '1h'");
  trap.run();
  BOOST_CHECK_EQUAL(limits, "0 0 0 0 ");
}

BOOST_AUTO_TEST_CASE(trap_38_statistics_are_made_of_what_the_target_holds) {
  Trap trap(
      "CREATE TABLE t (a text); INSERT INTO t SELECT 'ada@acme.example' FROM generate_series(1,"
      " 100); ANALYZE t");
  trap.run("{ t: { a: core.redact } }");
  BOOST_CHECK_EQUAL(
      trap.target_value("SELECT most_common_vals::text FROM pg_stats WHERE tablename = 't'"),
      "{[redacted]}");
}

BOOST_AUTO_TEST_CASE(trap_39_nothing_but_rows_is_copied) {
  Trap trap("CREATE TABLE t (a int)");
  trap.source->execute("CREATE PUBLICATION p FOR TABLE t; COMMENT ON TABLE t IS 'x'");
  trap.run();
  BOOST_CHECK_EQUAL(trap.target_value("SELECT (SELECT count(*) FROM pg_publication),"
                                      " obj_description('t'::regclass) IS NULL"),
                    "0|t");
}

BOOST_AUTO_TEST_CASE(trap_41_null_stays_null_and_the_empty_text_is_a_value) {
  Trap trap("CREATE TABLE t (id int, a text); INSERT INTO t VALUES (1, NULL), (2, ''), (3, '')");
  trap.run("{ t: { a: core.hash } }");
  BOOST_CHECK_EQUAL(trap.target_value("SELECT count(a), count(DISTINCT a), min(length(a)) FROM t"),
                    "2|1|32");
}

BOOST_AUTO_TEST_CASE(trap_42_dates_of_one_entity_keep_their_order) {
  Trap trap(
      "CREATE TABLE t (id int, created date, shipped date, CHECK (created <= shipped));"
      "INSERT INTO t SELECT n, '2020-01-01'::date + n, '2020-01-02'::date + n FROM"
      " generate_series(1, 500) n");
  trap.run(
      "{ t: { created: { use: time.shift, with: { by: id } }, shipped: { use: time.shift, with:"
      " { by: id } } } }");
  BOOST_CHECK_EQUAL(trap.target_value("SELECT count(*), bool_and(shipped - created = 1),"
                                      " count(DISTINCT created - '2020-01-01'::date - id) > 100"
                                      " FROM t"),
                    "500|t|t");
}

// Whoever knows that three of four are women reads off which hash is theirs.
BOOST_AUTO_TEST_CASE(trap_43_a_hash_of_few_values_is_told) {
  Trap trap(
      "CREATE TABLE t (id int PRIMARY KEY, a text); INSERT INTO t SELECT n, CASE n % 4 WHEN 0 THEN"
      " 'male' ELSE 'female' END FROM generate_series(1, 1000) n");
  const std::string counts = "SELECT count(*) FROM t GROUP BY a ORDER BY 1";
  Request request;
  request.verify = Verify::full;
  const auto warnings = [](const Report& report) {
    std::string texts;
    for (const auto& check : report.checks)
      if (check.status == "warning") texts += check.name + ": " + check.detail;
    return texts;
  };
  const Report report = trap.run("{ t: { a: core.hash } }", request);
  BOOST_CHECK_EQUAL(trap.target_value(counts), "250|750");
  BOOST_CHECK_EQUAL(trap.target_value("SELECT count(*) FROM t WHERE a IN ('male', 'female')"), "0");
  BOOST_CHECK_EQUAL(warnings(report),
                    "few_values: public.t.a: a keyed replacement of few values is solved by "
                    "counting them; generalize them, or choose one at random");
  trap.source->execute(
      "CREATE TABLE n (a int); INSERT INTO n SELECT 1 + i % 4 FROM generate_series(1, 1000) i");
  trap.target->execute("CREATE TABLE n (a int)");
  BOOST_CHECK_EQUAL(warnings(trap.run("{ n: { a: fpe.integer } }", request)).substr(0, 24),
                    "few_values: public.n.a: ");
  // One at random, and more values than can be told apart by counting.
  const std::string chosen =
      "{ t: { a: { use: core.choice, with: { values: [male, female], by: id } } } }";
  BOOST_CHECK_EQUAL(warnings(trap.run(chosen, request)), "");
  BOOST_CHECK_NE(trap.target_value(counts), "250|750");
  trap.source->execute("UPDATE t SET a = 'name ' || id");
  BOOST_CHECK_EQUAL(warnings(trap.run("{ t: { a: core.hash } }", request)), "");
}

BOOST_AUTO_TEST_SUITE_END()
