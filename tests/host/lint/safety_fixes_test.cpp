// SPDX-License-Identifier: MIT
// What the fixes of the rules about migrations make of a file.
#include "host/lint/fixes.hpp"
#include "tests/host/lint/fixture.hpp"

namespace host::lint {
namespace {

// The text of the file when the rule's findings are mended; the text itself where nothing is.
std::string fixed(const std::string& rule, const std::string& text) {
  std::vector<Input> inputs;
  inputs.push_back({sql::Source("1.up.sql", text), SourceKind::migration});
  extensions::Session session;
  Linter linter(registry(), {}, session, {{rule}, {}});
  const Fixed done =
      fix_all(linter, std::move(inputs), FixKind::unsafe, [](const std::string&) { return true; });
  BOOST_TEST(done.failed.empty(), rule << ": a fix does not clear its finding");
  const auto found = done.texts.find("1.up.sql");
  return found == done.texts.end() ? text : found->second;
}

struct Case {
  const char *rule, *before, *after;
};

constexpr const char* off = "-- transaction: off\n";

BOOST_AUTO_TEST_SUITE(safety_fixes)

BOOST_AUTO_TEST_CASE(outside_of_a_transaction_locks_are_avoided) {
  for (const Case& one : std::initializer_list<Case>{
           {"index_creation", "create /* a */ Unique -- b\n INDEX i ON t (a);",
            "create /* a */ Unique -- b\n INDEX CONCURRENTLY i ON t (a);"},
           {"index_creation", "CREATE INDEX IF NOT EXISTS i ON t (a);",
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a);"},
           {"index_deletion", "DROP INDEX IF EXISTS i;", "DROP INDEX CONCURRENTLY IF EXISTS i;"},
           {"index_deletion", "DROP INDEX i, j;", "DROP INDEX i, j;"},
           {"index_deletion", "DROP INDEX i CASCADE;", "DROP INDEX i CASCADE;"},
           {"reindex", "REINDEX INDEX shop.i;", "REINDEX INDEX CONCURRENTLY shop.i;"},
           {"reindex", "REINDEX (VERBOSE) TABLE t;", "REINDEX (VERBOSE) TABLE t;"},
           {"detach", "ALTER TABLE t DETACH PARTITION p ;",
            "ALTER TABLE t DETACH PARTITION p CONCURRENTLY ;"}})
    BOOST_TEST(fixed(std::string("safety.require_concurrent_") + one.rule,
                     std::string(off) + one.before) == std::string(off) + one.after);
  // In one they would be refused.
  BOOST_TEST(fixed("safety.require_concurrent_index_creation", "CREATE INDEX i ON t (a);") ==
             "CREATE INDEX i ON t (a);");
}

BOOST_AUTO_TEST_CASE(statements_become_their_better_selves) {
  for (const Case& one : std::initializer_list<Case>{
           {"set_without_local", "SET SESSION lock_timeout = 1;", "SET LOCAL lock_timeout = 1;"},
           {"set_without_local", "SET SESSION AUTHORIZATION ada;",
            "SET LOCAL SESSION AUTHORIZATION ada;"},
           {"set_without_local", "set time zone 'UTC';", "set LOCAL time zone 'UTC';"},
           {"transaction_nesting", "BEGIN ;\nSELECT 1;\nCOMMIT", "SELECT 1;\n"},
           {"transaction_nesting", "SELECT 1;\nROLLBACK;", "SELECT 1;\nROLLBACK;"},
           {"add_check_without_not_valid",
            "ALTER TABLE t ADD CHECK (a > 0), ADD CHECK (b > 0) -- c\n;",
            "ALTER TABLE t ADD CHECK (a > 0) NOT VALID, ADD CHECK (b > 0) NOT VALID -- c\n;"},
           {"add_foreign_key_without_not_valid", "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r;",
            "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r NOT VALID;"},
           {"set_not_null", "ALTER TABLE t ALTER \"A\" SET NOT NULL;",
            "ALTER TABLE t ADD CONSTRAINT \"t_A_not_null\" CHECK (\"A\" IS NOT NULL) NOT VALID;"}})
    BOOST_TEST(fixed(std::string("safety.") + one.rule, one.before) == one.after);
  const std::string begin = std::string(off) + "BEGIN;\nSELECT 1";
  BOOST_TEST(fixed("safety.uncommitted_transaction", begin) == begin + ";\nCOMMIT;");
  BOOST_TEST(fixed("safety.uncommitted_transaction", begin + ";\n-- end\n") ==
             begin + ";\nCOMMIT;\n-- end\n");
  BOOST_TEST(fixed("safety.vacuum_full", std::string(off) + "VACUUM FULL ANALYZE t;") ==
             std::string(off) + "VACUUM ANALYZE t;");
}

BOOST_AUTO_TEST_CASE(a_view_is_refreshed_concurrently_where_it_has_the_index) {
  const auto refreshed = [](const std::string& index) {
    std::vector<Input> inputs;
    inputs.push_back(
        {sql::Source("1.up.sql", "CREATE MATERIALIZED VIEW v AS SELECT 1 AS a;" + index),
         SourceKind::migration});
    inputs.push_back(
        {sql::Source("2.up.sql", "REFRESH MATERIALIZED VIEW v;"), SourceKind::migration});
    extensions::Session session;
    Linter linter(registry(), {}, session, {{"safety.require_concurrent_refresh"}, {}});
    return fix_all(linter, std::move(inputs), FixKind::safe,
                   [](const std::string&) { return true; })
        .texts["2.up.sql"];
  };
  BOOST_TEST(refreshed("CREATE UNIQUE INDEX ON v (a);") ==
             "REFRESH MATERIALIZED VIEW CONCURRENTLY v;");
  BOOST_TEST(refreshed("CREATE UNIQUE INDEX ON v (a) WHERE a > 0;") == "");
  BOOST_TEST(refreshed("CREATE UNIQUE INDEX ON v ((a + 1));") == "");
  BOOST_TEST(refreshed("CREATE INDEX ON v (a);") == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
