// SPDX-License-Identifier: MIT
// What the fixes of the rules about access and indexes make of a file.
#include "host/lint/fixes.hpp"
#include "tests/host/lint/fixture.hpp"

namespace host::lint {
namespace {

const std::string head = "-- a comment\nCREATE TABLE t (a int, b int);\n\n  -- and another\n  ";

// The text of the file when the rule's findings are mended; the text itself where nothing is.
std::string fixed(const std::string& rule, const std::string& text,
                  SourceKind kind = SourceKind::schema) {
  std::vector<Input> inputs;
  inputs.push_back({sql::Source("1.up.sql", head + text), kind});
  extensions::Session session;
  Linter linter(registry(), {}, session, {{rule}, {}});
  const Fixed done =
      fix_all(linter, std::move(inputs), FixKind::unsafe, [](const std::string&) { return true; });
  BOOST_TEST(done.failed.empty(), rule << ": a fix does not clear its finding");
  const auto found = done.texts.find("1.up.sql");
  return found == done.texts.end() ? text : found->second.substr(head.size());
}

BOOST_AUTO_TEST_SUITE(access_fixes)

BOOST_AUTO_TEST_CASE(functions_and_views) {
  const std::string rule = "security.definer_search_path";
  BOOST_TEST(fixed(rule, "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS '';") ==
             "CREATE FUNCTION f() RETURNS int LANGUAGE sql SET search_path = public, pg_temp "
             "SECURITY DEFINER AS '';");
  // One that is there is somebody's decision, and ALTER FUNCTION has no place for one.
  for (const std::string text :
       {"CREATE FUNCTION f() RETURNS int LANGUAGE sql SET search_path = \"$user\" SECURITY DEFINER "
        "AS '';",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS '';\nALTER FUNCTION f() SECURITY "
        "DEFINER;"})
    BOOST_TEST(fixed(rule, text) == text);
  const std::string secured =
      "ALTER TABLE t ENABLE ROW LEVEL SECURITY;\nCREATE POLICY p ON t USING (a = 1);\n";
  BOOST_TEST(fixed("security.definer_view", secured + "CREATE VIEW v AS SELECT a FROM t;") ==
             secured + "CREATE VIEW v WITH (security_invoker = true) AS SELECT a FROM t;");
  const std::string named = secured + "CREATE VIEW v (one) AS SELECT a FROM t;";
  BOOST_TEST(fixed("security.definer_view", named) == named);
}

BOOST_AUTO_TEST_CASE(privileges) {
  const std::string rule = "security.public_schema_create";
  BOOST_TEST(fixed(rule, "GRANT ALL ON SCHEMA public TO PUBLIC;") ==
             "REVOKE CREATE ON SCHEMA public FROM PUBLIC;");
  const std::string two = "GRANT CREATE ON SCHEMA public TO PUBLIC, bob;";
  BOOST_TEST(fixed(rule, two) == two);
}

BOOST_AUTO_TEST_CASE(indexes) {
  const std::string rule = "performance.index_duplicate_column";
  BOOST_TEST(fixed(rule, "CREATE INDEX i ON t (a, b, a);") == "CREATE INDEX i ON t (a, b);");
  BOOST_TEST(fixed(rule, "CREATE INDEX i ON t (a, a , b);") == "CREATE INDEX i ON t (a , b);");
  BOOST_TEST(fixed("performance.analyze_after_expression_index",
                   "CREATE INDEX ON old (lower(a));\nCREATE INDEX ON app.\"Old\" ((a || b))",
                   SourceKind::migration) ==
             "CREATE INDEX ON old (lower(a));\nANALYZE old;\nCREATE INDEX ON app.\"Old\" ((a || "
             "b));\nANALYZE app.\"Old\"");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
