// SPDX-License-Identifier: MIT
// Ways in which copies with replaced values go wrong, and what is refused for them. The numbers are
// those of the list that the project keeps; the rows that a copy survives are in traps_copy_test.
#include <boost/test/unit_test.hpp>

#include "tests/host/sync/two_databases.hpp"

using namespace host::sync;
using namespace host::sync::test;

namespace {

// A source of the given schema, and a target like it that must stay as it is.
struct Trap : TwoDatabases {
  explicit Trap(const std::string& sql) {
    source->execute(sql);
    clone_schema();
  }
  // The code of the refusal and a part of its message.
  void refused(const std::string& rules, const std::string& code, const std::string& part,
               Request request = {}) {
    const std::string before = fingerprint(*target);
    const std::string message = refusal_of(rules, std::move(request));
    BOOST_CHECK_EQUAL(message.substr(0, message.find(':')), code);
    BOOST_CHECK_MESSAGE(message.find(part) != std::string::npos, message);
    BOOST_CHECK_EQUAL(fingerprint(*target), before);
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(traps_plan)

BOOST_AUTO_TEST_CASE(trap_01_a_unique_column_and_a_strategy_that_may_collide) {
  Trap trap("CREATE TABLE t (phone text UNIQUE)");
  trap.refused("{ t: { phone: person.phone } }", "sync.not_unique",
               "unique index 't_phone_key', and strategy 'person.phone' does not keep");
}

BOOST_AUTO_TEST_CASE(trap_02_unique_indexes_that_are_no_constraints) {
  for (const char* index : {"(lower(phone))", "(phone) WHERE id > 3", "(id) INCLUDE (phone)",
                            "(phone) NULLS NOT DISTINCT", "((phone || id))"}) {
    Trap trap(
        fmt::format("CREATE TABLE t (id int, phone text); CREATE UNIQUE INDEX i ON t {}", index));
    if (std::string(index).find("INCLUDE") != std::string::npos) {
      BOOST_CHECK_NO_THROW(trap.prepare("{ t: { phone: person.phone } }"));
    } else {
      trap.refused("{ t: { phone: person.phone } }", "sync.not_unique", "in unique index 'i'");
    }
  }
}

BOOST_AUTO_TEST_CASE(trap_03_one_column_of_a_unique_pair) {
  Trap trap("CREATE TABLE t (id int, phone text, UNIQUE (id, phone))");
  trap.refused("{ t: { phone: person.phone } }", "sync.not_unique", "column 'phone'");
}

BOOST_AUTO_TEST_CASE(trap_04_values_that_do_not_fit_the_column) {
  Trap trap(
      "CREATE DOMAIN code AS varchar(5); CREATE TABLE t (a varchar(20), b char(5), c numeric(4,1),"
      " d code, e varchar(12)[]); INSERT INTO t VALUES ('x', 'x', 1, 'x', '{x}')");
  trap.refused("{ t: { a: person.email } }", "plugin.failed", "holds 20 characters");
  trap.refused("{ t: { b: { use: core.constant, with: { value: toolong } } } }", "plugin.bug",
               "7 characters for a column of 5");
  trap.refused("{ t: { c: { use: core.constant, with: { value: \"123456\" } } } }",
               "sync.does_not_fit", "a number is out of range");
  trap.refused("{ t: { d: { template: \"longer than five\" } } }", "plugin.bug",
               "16 characters for a column of 5");
  trap.refused("{ t: { e: { template: \"{much too long for it}\" } } }", "sync.does_not_fit",
               "too long for its column");
}

BOOST_AUTO_TEST_CASE(trap_06_null_in_a_column_that_must_not_be) {
  Trap trap("CREATE TABLE t (a text NOT NULL)");
  trap.refused("{ t: { a: core.null } }", "plugin.failed", "the column is NOT NULL");
  trap.refused("{ t: { a: drop } }", "sync.not_null", "cannot be dropped");
}

BOOST_AUTO_TEST_CASE(trap_07_checks_of_columns_and_domains_are_tried_on_a_sample) {
  Trap trap(
      "CREATE DOMAIN code AS text CHECK (VALUE LIKE 'A%');"
      "CREATE TABLE t (a text CHECK (a LIKE 'A%'), b code, c int, d int, CHECK (c < d),"
      " EXCLUDE (c WITH =)); INSERT INTO t VALUES ('A', 'A', 1, 2)");
  trap.refused("{ t: { a: core.redact } }", "sync.does_not_fit",
               "a check constraint does not hold (SQLSTATE 23514");
  trap.refused("{ t: { b: core.redact } }", "sync.does_not_fit", "SQLSTATE 23514");
  trap.refused("{ t: { d: { use: core.constant, with: { value: \"0\" } } } }", "sync.does_not_fit",
               "constraint 't_check'");
  trap.refused("{ t: { c: { use: core.constant, with: { value: \"0\" } } } }", "sync.not_unique",
               "'t_c_excl'");
}

BOOST_AUTO_TEST_CASE(trap_08_the_two_sides_of_a_foreign_key) {
  Trap trap(
      "CREATE SCHEMA other; CREATE TABLE a (x text PRIMARY KEY, y text UNIQUE, boss text REFERENCES"
      " a, n int UNIQUE); CREATE TABLE other.b (x text REFERENCES a, y text REFERENCES a (y),"
      " n bigint REFERENCES a (n), z text)");
  const char* code = "sync.foreign_key_apart";
  trap.refused("{ a: { x: core.hash } }", code, "are not replaced alike");
  trap.refused("{ a: { y: core.hash }, other.b: { y: core.uuid } }", code,
               "foreign key 'b_y_fkey'");
  trap.refused(
      "{ a: { x: core.hash, boss: core.hash }, other.b: { x: { use: core.hash, domain:"
      " mine } } }",
      code, "foreign key 'b_x_fkey'");
  trap.refused(
      "{ a: { x: core.hash, boss: core.hash }, other.b: { x: { when: { column: z, equals:"
      " q }, then: core.keep, else: core.hash } } }",
      code, "are not replaced alike");
  const std::string when = "{ when: { column: y, equals: q }, then: core.keep, else: core.hash }";
  trap.refused("{ a: { x: " + when + ", boss: " + when + " }, other.b: { x: " + when + " } }", code,
               "looks at other columns of the row");
  trap.source->execute(
      "INSERT INTO a VALUES ('k', 'v', 'k', 7); INSERT INTO other.b VALUES ('k',"
      " 'v', 7, NULL)");
  trap.run(
      "{ a: { x: core.hash, boss: core.hash, y: core.hash }, other.b: { x: core.hash, y:"
      " core.hash } }");
  BOOST_CHECK_EQUAL(
      trap.target_value("SELECT count(*) FROM a JOIN other.b USING (x, y) WHERE x <> 'k'"), "1");
}

BOOST_AUTO_TEST_CASE(trap_09_rows_without_parents_are_never_called_valid) {
  Trap trap(
      "CREATE TABLE a (x int PRIMARY KEY); CREATE TABLE b (x int REFERENCES a);"
      "SET session_replication_role = replica; INSERT INTO b VALUES (5);"
      "SET session_replication_role = origin");
  trap.refused({}, "sync.check_failed", "foreign key 'b_x_fkey' does not hold any more");
}

BOOST_AUTO_TEST_CASE(trap_13_a_partition_key_that_leaves_its_bounds) {
  Trap trap(
      "CREATE TABLE t (region text, a int) PARTITION BY LIST (region);"
      "CREATE TABLE t_eu PARTITION OF t FOR VALUES IN ('eu'); INSERT INTO t VALUES ('eu', 1)");
  trap.refused("{ t: { region: core.redact } }", "sync.does_not_fit",
               "a check constraint does not hold");
}

BOOST_AUTO_TEST_CASE(trap_21_a_value_that_the_enum_does_not_have) {
  Trap trap(
      "CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (m mood); INSERT INTO t VALUES ('ok')");
  trap.refused("{ t: { m: { use: core.constant, with: { value: sad } } } }", "sync.does_not_fit",
               "a value is malformed for its type");
}

BOOST_AUTO_TEST_CASE(trap_22_text_search_vectors_keep_the_words) {
  Trap trap(
      "CREATE TABLE t (mail text, words tsvector);"
      "INSERT INTO t VALUES ('ada@acme.example', to_tsvector('simple', 'ada@acme.example'))");
  Request request;
  request.verify = Verify::full;
  trap.refused("{ t: { mail: person.email } }", "sync.check_failed", "in column 'words'", request);
}

BOOST_AUTO_TEST_CASE(trap_23_copies_of_a_value_in_other_tables) {
  Trap trap(
      "CREATE TABLE t (mail text); CREATE TABLE history (old jsonb);"
      "INSERT INTO t VALUES ('ada@acme.example');"
      "INSERT INTO history SELECT to_jsonb(t) FROM t");
  Request request;
  request.verify = Verify::full;
  trap.refused("{ t: { mail: person.email } }", "sync.check_failed",
               "column 'old' of table public.history", request);
}

BOOST_AUTO_TEST_CASE(trap_26_literals_in_the_schema) {
  Trap trap(
      "CREATE TABLE t (mail text); INSERT INTO t VALUES ('ada@acme.example');"
      "CREATE VIEW v AS SELECT * FROM t WHERE mail <> 'ada@acme.example'");
  Request request;
  request.verify = Verify::full;
  trap.refused("{ t: { mail: person.email } }", "sync.check_failed", "the definition of view",
               request);
}

BOOST_AUTO_TEST_CASE(trap_27_row_security_never_hides_rows_silently) {
  Trap trap(
      "CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY;"
      "ALTER TABLE t FORCE ROW LEVEL SECURITY; INSERT INTO t VALUES (1)");
  const std::string role = trap.source_database.name() + "_reader";
  trap.source->execute("CREATE ROLE " + role + "; GRANT SELECT ON t TO " + role + "; SET ROLE " +
                       role);
  const std::string message = trap.refusal_of();
  BOOST_CHECK_MESSAGE(message.find("row-level security") != std::string::npos, message);
  trap.source->execute("RESET ROLE; DROP OWNED BY " + role + "; DROP ROLE " + role);
}

BOOST_AUTO_TEST_CASE(trap_37_a_refused_row_is_never_shown) {
  Trap trap(
      "CREATE TABLE t (a text, b text); INSERT INTO t SELECT 'secret-' || n, 'b' FROM"
      " generate_series(1, 5000) n");
  trap.target->execute("ALTER TABLE t ADD CHECK (a <> 'secret-4000')");
  const std::string message = trap.refusal_of("{ t: { b: core.redact } }");
  BOOST_CHECK_MESSAGE(message.find("row 4000 of the copy") != std::string::npos, message);
  BOOST_CHECK(message.find("secret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(trap_40_the_target_is_the_source) {
  Trap trap("CREATE TABLE t (a int)");
  trap.target = trap.source_database.connect();
  BOOST_CHECK_EQUAL(trap.refusal_of().substr(0, 18), "sync.same_database");
}

BOOST_AUTO_TEST_SUITE_END()
