// SPDX-License-Identifier: MIT
// Type changes: which rewrite, which do not, which lose values; as measured on PostgreSQL 12 to 18.
#include <algorithm>

#include "tests/host/lint/fixture.hpp"

namespace host::lint {
namespace {

struct Change {
  const char *from, *to;
};

std::size_t findings(const std::string& rule, std::vector<std::string> chain) {
  std::vector<Input> inputs;
  for (std::size_t i = 0; i < chain.size(); ++i)
    inputs.push_back(
        {sql::Source(std::to_string(i + 1) + ".up.sql", chain[i]), SourceKind::migration});
  const std::vector<Finding> all = lint(std::move(inputs), {{rule}, {}}).findings;
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [&](const Finding& one) { return one.rule == rule; }));
}

const std::string domains =
    "CREATE DOMAIN plain AS text;\nCREATE DOMAIN short AS varchar(100);\n"
    "CREATE DOMAIN checked AS text CHECK (VALUE <> '');\nCREATE TYPE mood AS ENUM ('good');\n";

bool says(const std::string& rule, const Change& change, const std::string& before = "") {
  return findings(rule, {domains + "CREATE TABLE t (c " + change.from + ");",
                         before + "ALTER TABLE t ALTER COLUMN c TYPE " + change.to + ";"}) == 1;
}

const std::string rewrites = "safety.change_column_type", narrows = "safety.change_type_narrows";

BOOST_AUTO_TEST_SUITE(safety_types)

BOOST_AUTO_TEST_CASE(changes_that_leave_the_rows_alone) {
  for (const Change& change : std::initializer_list<Change>{{"varchar(50)", "varchar(100)"},
                                                            {"varchar(50)", "varchar"},
                                                            {"varchar(50)", "text"},
                                                            {"text", "varchar"},
                                                            {"varchar(50)", "varchar(50)"},
                                                            {"numeric(10,2)", "numeric(12,2)"},
                                                            {"numeric(10,2)", "numeric"},
                                                            {"timestamp(3)", "timestamp(6)"},
                                                            {"timestamp(3)", "timestamp"},
                                                            {"time(2)", "time(4)"},
                                                            {"interval(3)", "interval"},
                                                            {"cidr", "inet"},
                                                            {"varbit(4)", "varbit(8)"},
                                                            {"varbit(4)", "varbit"},
                                                            {"text", "plain"},
                                                            {"plain", "text"},
                                                            {"varchar(50)", "short"},
                                                            {"xml", "text"},
                                                            {"int", "int4"},
                                                            {"varchar(5)[]", "varchar(5)[]"},
                                                            {"text", "citext"},
                                                            {"int", "oid"},
                                                            {"text", "text COLLATE \"C\""},
                                                            {"varchar(50)", "text USING c"},
                                                            {"varchar(50)", "text USING c::text"},
                                                            {"checked", "text"}})
    BOOST_TEST_CONTEXT(change.from << " -> " << change.to) {
      BOOST_TEST(!says(rewrites, change));
      BOOST_TEST(!says(narrows, change));
    }
}

BOOST_AUTO_TEST_CASE(changes_that_write_all_rows_again) {
  for (const Change& change : std::initializer_list<Change>{{"int", "bigint"},
                                                            {"int", "text"},
                                                            {"date", "timestamp"},
                                                            {"timestamp", "timestamptz"},
                                                            {"mood", "text"},
                                                            {"bpchar(5)", "text"},
                                                            {"char(5)", "varchar(9)"},
                                                            {"numeric(10,2)", "numeric(14,4)"},
                                                            {"text", "text USING lower(c)"},
                                                            {"varchar(5)[]", "varchar(10)[]"},
                                                            {"varchar(5)[]", "text[]"},
                                                            {"char(5)", "char(9)"}})
    BOOST_TEST_CONTEXT(change.from << " -> " << change.to) {
      BOOST_TEST(says(rewrites, change));
      BOOST_TEST(!says(narrows, change));
    }
}

BOOST_AUTO_TEST_CASE(changes_that_lose_something_as_well) {
  for (const Change& change : std::initializer_list<Change>{{"varchar(50)", "varchar(20)"},
                                                            {"text", "varchar(20)"},
                                                            {"bigint", "int"},
                                                            {"numeric(10,2)", "numeric(10,4)"},
                                                            {"numeric(12,4)", "numeric(12,2)"},
                                                            {"numeric", "int"},
                                                            {"float8", "float4"},
                                                            {"timestamp", "date"},
                                                            {"timestamp", "timestamp(3)"},
                                                            {"interval(3)", "interval(2)"},
                                                            {"text", "mood USING c::mood"},
                                                            {"text", "jsonb USING c::jsonb"},
                                                            {"text", "checked"},
                                                            {"text", "short"},
                                                            {"text", "char(9)"}})
    BOOST_TEST_CONTEXT(change.from << " -> " << change.to) {
      BOOST_TEST(says(rewrites, change));
      BOOST_TEST(says(narrows, change));
    }
}

BOOST_AUTO_TEST_CASE(a_time_zone_of_utc_spares_the_rewrite) {
  const Change change{"timestamp", "timestamptz"}, finer{"timestamp", "timestamptz(3)"};
  for (const char* zone :
       {"SET timezone = 'UTC';", "SET LOCAL TIME ZONE 'Etc/UTC';", "SET TimeZone TO GMT;"})
    BOOST_TEST_CONTEXT(zone) BOOST_TEST(!says(rewrites, change, zone));
  for (const char* zone :
       {"SET timezone = 'Europe/London';", "SET timezone = 'UTC'; RESET timezone;",
        "-- transaction: off\nSET LOCAL timezone = 'UTC';", "SET timezone = 'UTC'; RESET ALL;"})
    BOOST_TEST_CONTEXT(zone) BOOST_TEST(says(rewrites, change, zone));
  BOOST_TEST(says(rewrites, finer, "SET timezone = 'UTC';"));
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_taken_for_a_rewrite) {
  BOOST_TEST(findings(rewrites, {"ALTER TABLE t ALTER COLUMN c TYPE text;"}) == 1u);
  BOOST_TEST(findings(narrows, {"ALTER TABLE t ALTER COLUMN c TYPE varchar(5);"}) == 0u);
  BOOST_TEST(findings(rewrites, {"ALTER TABLE t ALTER COLUMN c TYPE varchar(5);",
                                 "ALTER TABLE t ALTER COLUMN c TYPE varchar(9);"}) == 1u);
  BOOST_TEST(findings(rewrites,
                      {"CREATE TABLE t (c int); ALTER TABLE t ALTER COLUMN c TYPE bigint;"}) == 0u);
}

BOOST_AUTO_TEST_CASE(indexes_are_built_again_where_their_order_changes) {
  const auto with = [](const std::string& table, const std::string& type) {
    return findings(rewrites, {"CREATE TABLE t (c " + table + ");",
                               "ALTER TABLE t ALTER c TYPE " + type + ";"});
  };
  BOOST_TEST(with("text UNIQUE", "text COLLATE \"C\"") == 1u);
  BOOST_TEST(with("text UNIQUE", "citext") == 1u);
  BOOST_TEST(with("varchar(9) UNIQUE", "text") == 0u);
  BOOST_TEST(with("text COLLATE \"C\" UNIQUE", "text COLLATE \"C\"") == 0u);
  BOOST_TEST(with("cidr PRIMARY KEY", "inet") == 0u);
}

BOOST_AUTO_TEST_CASE(views_and_rules_keep_a_type) {
  const std::string rule = "safety.change_type_used_by_view";
  const auto with = [&](const std::string& view) {
    return findings(rule, {"CREATE TABLE t (a int, b int); CREATE TABLE u (a int, x int);" + view,
                           "ALTER TABLE t ALTER a TYPE bigint;"});
  };
  for (const char* view : {"CREATE VIEW v AS SELECT a FROM t;", "CREATE VIEW v AS SELECT * FROM t;",
                           "CREATE VIEW v AS SELECT s.b FROM t s WHERE s.a > 0;",
                           "CREATE VIEW v AS SELECT x FROM t JOIN u USING (a);",
                           "CREATE MATERIALIZED VIEW v AS SELECT t.* FROM t;",
                           "CREATE RULE r AS ON INSERT TO t DO ALSO SELECT NEW.a;"})
    BOOST_TEST_CONTEXT(view) BOOST_TEST(with(view) == 1u);
  for (const char* view :
       {"CREATE VIEW v AS SELECT b FROM t;", "CREATE VIEW v AS SELECT t.b, u.a FROM t, u;",
        "CREATE VIEW v AS SELECT a FROM u;", "CREATE VIEW v AS SELECT a FROM t; DROP VIEW v;"})
    BOOST_TEST_CONTEXT(view) BOOST_TEST(with(view) == 0u);
}

BOOST_AUTO_TEST_CASE(checks_on_the_column_are_read_again) {
  const std::string rule = "safety.change_type_with_check";
  const auto with = [&](const std::string& table) {
    return findings(rule, {"CREATE TABLE t (" + table + ");", "ALTER TABLE t ALTER c TYPE text;"});
  };
  BOOST_TEST(with("c varchar(9), CHECK (c <> '')") == 1u);
  BOOST_TEST(with("c varchar(9), d int CHECK (d > 0)") == 0u);
  BOOST_TEST(with("c int CHECK (c > 0)") == 0u);  // the rewrite reads it anyway
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
