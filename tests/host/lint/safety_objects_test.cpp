// SPDX-License-Identifier: MIT
// Rules about partitions, triggers, policies and foreign keys, where they could cry wolf or keep
// silent; and what the fixes of this plugin make of a statement.
#include "tests/host/lint/chain.hpp"

namespace host::lint {
namespace {

BOOST_AUTO_TEST_SUITE(safety_objects)

BOOST_AUTO_TEST_CASE(a_partition_that_fits_is_not_read) {
  const std::string rule = "safety.attach_partition";
  const auto attach = [&](const std::string& key, const std::string& partition,
                          const std::string& bound) {
    return found(rule, {"CREATE TABLE p (k " + key + ");\nCREATE TABLE q (" + partition + ");",
                        "ALTER TABLE p ATTACH PARTITION q FOR VALUES " + bound + ";"})
        .size();
  };
  const std::string range = "date) PARTITION BY RANGE (k", list = "text) PARTITION BY LIST (k",
                    year = "FROM ('2024-01-01') TO ('2025-01-01')", letters = "IN ('a', 'b')";
  BOOST_TEST(attach(range,
                    "k date NOT NULL CHECK (k >= DATE '2024-01-01' AND k < '2025-01-01'::date)",
                    year) == 0u);
  BOOST_TEST(attach(range, "k date NOT NULL CHECK (k >= '2024-01-01'), CHECK (k < '2025-01-01')",
                    year) == 0u);
  BOOST_TEST(attach(range, "k date NOT NULL CHECK (k >= '2024-01-01')",
                    "FROM ('2024-01-01') TO (MAXVALUE)") == 0u);
  BOOST_TEST(attach(list, "k text CHECK (k IN ('a', 'b') AND k IS NOT NULL)", letters) == 0u);
  BOOST_TEST(attach(list, "k text NOT NULL CHECK (k = ANY (ARRAY['a']))", letters) == 0u);
  // Each of these PostgreSQL reads.
  BOOST_TEST(attach(range, "k date CHECK (k >= '2024-01-01' AND k < '2025-01-01')", year) == 1u);
  BOOST_TEST(
      attach(range, "k date NOT NULL CHECK (k >= '2024-01-01' AND k <= '2025-01-01')", year) == 1u);
  BOOST_TEST(attach(range, "k date NOT NULL CHECK (k >= '2024-01-01' OR k < '2025-01-01')", year) ==
             1u);
  BOOST_TEST(attach(list, "k text NOT NULL CHECK (k IN ('a', 'b', 'c'))", letters) == 1u);
  BOOST_TEST(attach(list, "k text CHECK (k = 'a')", letters) == 1u);
  BOOST_TEST(attach(list, "k text NOT NULL", letters) == 1u);
}

BOOST_AUTO_TEST_CASE(the_default_partition_is_read_unless_it_says_otherwise) {
  const std::string rule = "safety.attach_partition";
  const std::string tables =
      "CREATE TABLE p (k int NOT NULL) PARTITION BY LIST (k);\n"
      "CREATE TABLE d PARTITION OF p DEFAULT;\n";
  const std::string attach =
      "CREATE TABLE q (k int NOT NULL);\n"
      "ALTER TABLE p ATTACH PARTITION q FOR VALUES IN (1);";
  check_lines(found(rule, {tables, attach}),
              {"2.up.sql:2:15 the whole of default partition public.d is read while nobody can "
               "read table public.p"});
  silent(rule, {tables + "ALTER TABLE d ADD CHECK (k <> 1);", attach});
  silent(rule, {tables + attach});
  silent(rule, {"CREATE TABLE p (k int) PARTITION BY LIST (k);\nCREATE TABLE d (k int);",
                "ALTER TABLE p ATTACH PARTITION d DEFAULT;"});
  silent(rule, {"CREATE INDEX i ON ONLY p (k);\nALTER INDEX i ATTACH PARTITION j;"});
}

BOOST_AUTO_TEST_CASE(a_partition_of_a_new_table_locks_nobody) {
  const std::string rule = "safety.create_partition_locks_parent",
                    table = "CREATE TABLE p (k int) PARTITION BY LIST (k);",
                    partition = "CREATE TABLE q PARTITION OF p FOR VALUES IN (1);";
  silent(rule, {table + partition});
  silent(rule, {"CREATE TABLE a (k int);", "CREATE TABLE b () INHERITS (a);"});
  check_lines(found(rule, {table, "CREATE TABLE d PARTITION OF p DEFAULT;", partition}),
              {"2.up.sql:1:1 partition d is made under a lock that keeps everybody from table "
               "public.p",
               "3.up.sql:1:1 partition q is made under a lock that keeps everybody from table "
               "public.p while its default partition is read"});
}

BOOST_AUTO_TEST_CASE(detaching_beside_a_default_partition_has_no_fix) {
  const std::string rule = "safety.require_concurrent_detach";
  const auto fixable = [&](const std::string& partitions) {
    std::vector<Input> inputs;
    inputs.push_back(
        {sql::Source("1.up.sql", "CREATE TABLE p (k int) PARTITION BY LIST (k);" + partitions),
         SourceKind::migration});
    inputs.push_back(
        {sql::Source("2.up.sql", "-- transaction: off\nALTER TABLE p DETACH PARTITION q;"),
         SourceKind::migration});
    const std::vector<Finding> findings = lint(std::move(inputs), {{rule}, {}}).findings;
    return findings.size() == 1 && !findings[0].edits.empty();
  };
  const std::string q = "CREATE TABLE q PARTITION OF p FOR VALUES IN (1);";
  BOOST_TEST(fixable(q));
  BOOST_TEST(!fixable(q + "CREATE TABLE d PARTITION OF p DEFAULT;"));
}

BOOST_AUTO_TEST_CASE(triggers_that_are_not_there_are_not_dropped) {
  const std::string rule = "safety.drop_trigger",
                    make = "CREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION f();",
                    drop = "DROP TRIGGER IF EXISTS x ON t;";
  silent(rule, {"CREATE TABLE t (a int);" + drop + make});
  silent(rule, {"CREATE TABLE t (a int);", drop + make});
  silent(rule, {"CREATE TABLE t (a int);", make + drop});
  check_lines(found(rule, {drop + make}),
              {"1.up.sql:1:24 trigger t.x is dropped and made again under a lock that keeps "
               "everybody from its table"});
  check_lines(found(rule, {make, drop}),
              {"2.up.sql:1:24 trigger t.x is dropped, and what it did at each write is not done "
               "any more"});
  silent("safety.create_trigger",
         {"CREATE VIEW v AS SELECT 1 AS a;",
          "CREATE TRIGGER x INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();"});
}

BOOST_AUTO_TEST_CASE(row_security_of_a_new_table_changes_nothing) {
  const std::string rule = "safety.row_security_change";
  silent(rule, {"CREATE TABLE t (a int);\nALTER TABLE t ENABLE ROW LEVEL SECURITY;\n"
                "CREATE POLICY p ON t USING (a > 0);\nALTER POLICY p ON t USING (a > 1);\n"
                "DROP POLICY p ON t;\nDROP POLICY IF EXISTS q ON t;"});
  check_lines(found(rule, {"DROP POLICY p ON t;\nALTER POLICY q ON t USING (true);"}),
              {"1.up.sql:1:13 policy t.p is dropped, and its roles see other rows",
               "1.up.sql:2:1 policy q now changes otherwise which rows of table t its roles see"});
}

BOOST_AUTO_TEST_CASE(a_foreign_key_that_goes_locks_both_tables) {
  const std::string rule = "safety.drop_foreign_key_locks_parent";
  const std::string tables =
      "CREATE TABLE r (id int PRIMARY KEY);\nCREATE TABLE t (id int PRIMARY KEY, up int REFERENCES "
      "t, r_id int REFERENCES r);";
  check_lines(found(rule, {tables, "DROP TABLE t;"}),
              {"2.up.sql:1:12 dropping it keeps everybody from table public.r, too, until the "
               "transaction ends"});
  check_lines(found(rule, {tables, "ALTER TABLE t DROP COLUMN r_id;"}),
              {"2.up.sql:1:15 dropping it keeps everybody from table public.r, too, until the "
               "transaction ends"});
  silent(rule, {tables, "ALTER TABLE t DROP COLUMN up;"});
  silent(rule, {tables, "DROP TABLE t, r;"});
  silent(rule, {tables + "DROP TABLE t;"});
  silent(rule,
         {"CREATE TABLE t (a int CHECK (a > 0));", "ALTER TABLE t DROP CONSTRAINT t_a_check;"});
}

BOOST_AUTO_TEST_CASE(weak_locks_and_what_has_no_files) {
  silent("safety.lock_table", {"LOCK TABLE t IN ROW EXCLUSIVE MODE; LOCK t IN ACCESS SHARE MODE;"});
  silent("safety.lock_table", {"CREATE TABLE t (a int); LOCK TABLE t;"});
  silent("safety.set_tablespace",
         {"CREATE TABLE p (k int) PARTITION BY LIST (k);", "ALTER TABLE p SET TABLESPACE fast;"});
  silent("safety.set_access_method", {"CREATE TABLE p (k int) PARTITION BY LIST (k);",
                                      "ALTER TABLE p SET ACCESS METHOD heap;"});
  silent("safety.set_logged", {"CREATE TABLE t (a int);", "ALTER TABLE t SET LOGGED;"});
  check_lines(
      found("safety.set_tablespace", {"ALTER INDEX i SET TABLESPACE fast;\n"
                                      "ALTER TABLE ALL IN TABLESPACE slow SET TABLESPACE fast;"}),
      {"1.up.sql:1:15 index i is copied to another tablespace while nobody can read or "
       "write its table",
       "1.up.sql:2:1 everything in tablespace slow is copied while nobody can read or "
       "write it"});
}

BOOST_AUTO_TEST_CASE(not_null_columns_make_a_quick_key) {
  const std::string rule = "safety.primary_key_nullable_index",
                    key = "ALTER TABLE t ADD PRIMARY KEY USING INDEX i;";
  silent(rule,
         {"CREATE TABLE t (a int CHECK (a IS NOT NULL)); CREATE UNIQUE INDEX i ON t (a);", key});
  silent(rule, {"CREATE UNIQUE INDEX i ON t (a);", key});
  BOOST_TEST(found(rule, {"CREATE TABLE t (a int NOT NULL, b int);"
                          "CREATE UNIQUE INDEX i ON t (a, b);",
                          key})
                 .size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
