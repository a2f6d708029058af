// SPDX-License-Identifier: MIT
#include "host/sql/newer_syntax.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "host/sql/schema_model.hpp"

namespace host::sql {
namespace {

BOOST_AUTO_TEST_SUITE(newer)

BOOST_AUTO_TEST_CASE(clauses_are_left_out_at_their_places) {
  const std::string sql =
      "CREATE TABLE t (a int, CONSTRAINT there NOT NULL a, b int CHECK (b > 0) NOT ENFORCED);\n"
      "CREATE TABLE u (c int);";
  const Script script = parse_script(Source("t.sql", sql));
  BOOST_REQUIRE_EQUAL(script.statements().size(), 2u);
  BOOST_TEST(script.first_error() == nullptr);
  SchemaModel model;
  model.apply(script);
  const Node* table = model.find_table("", "t");
  BOOST_REQUIRE(table != nullptr);
  BOOST_TEST(table->list(CONFITURE_LIST_COLUMNS)[1]->column == 53u);
  BOOST_TEST(table->list(CONFITURE_LIST_CONSTRAINTS).size() == 2u);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_left_out_is_named) {
  const auto newer = [](const std::string& sql) {
    const Script script = parse_script(Source("t.sql", sql));
    const Statement* wrong = script.first_error();
    return wrong == nullptr ? std::string("read") : wrong->error->newer;
  };
  BOOST_TEST(newer("ALTER TABLE t ADD UNIQUE (a, b WITHOUT OVERLAPS);") ==
             "WITHOUT OVERLAPS (PostgreSQL 18)");
  BOOST_TEST(newer("SELECT * FROM JSON_TABLE(x, '$' COLUMNS (a int PATH '$')) j;") ==
             "JSON_TABLE (PostgreSQL 17)");
  BOOST_TEST(newer("SELECT 1_000 x y;") == "a number in the new notation (PostgreSQL 16)");
  BOOST_TEST(newer("SELECT * FROM (SELECT 1);") ==
             "a subquery in FROM without an alias (PostgreSQL 16)");
  BOOST_TEST(newer("CREATE STATISTICS ON a, b FROM t;") ==
             "CREATE STATISTICS without a name (PostgreSQL 16)");
  BOOST_TEST(newer("MERGE INTO t USING s ON a = b WHEN MATCHED THEN DELETE RETURNING a;") ==
             "MERGE ... RETURNING (PostgreSQL 17)");
  BOOST_TEST(newer("CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a));") ==
             "a generated column that is not STORED (PostgreSQL 18)");
  BOOST_TEST(newer("ALTER TABLE t ALTER CONSTRAINT c NO INHERIT;") ==
             "ALTER CONSTRAINT ... NO INHERIT (PostgreSQL 18)");
  BOOST_TEST(newer("SELECT a FROM t GROUP BY ALL;") == "GROUP BY ALL (PostgreSQL 19)");
  BOOST_TEST(newer("CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY,);") == "");
  BOOST_TEST(newer("SELEC 1;") == "");
  BOOST_TEST(newer("SELECT json_value('x', 1);") == "read");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::sql
