// SPDX-License-Identifier: MIT
// Whatever a rule says of a lock, a rewrite or a scan is proved against a server: here, or by a
// case of proofs.hpp.
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "tests/host/lint/claims.hpp"
#include "tests/host/lint/fixture.hpp"
#include "tests/host/lint/observed.hpp"
#include "tests/host/lint/proofs.hpp"

namespace host::lint {
namespace {

bool is_found(const char* rule, const char* schema) {
  std::vector<Input> inputs;
  inputs.push_back({sql::Source("schema.sql", schema), SourceKind::schema});
  for (const Finding& finding : lint(std::move(inputs), {{rule}, {}}).findings)
    if (finding.rule == rule) return true;
  return false;
}

BOOST_AUTO_TEST_SUITE(proof)

BOOST_AUTO_TEST_CASE(the_server_does_what_rules_about_schemas_say) {
  const test::TestDatabase database;
  run(*database.connect(), "CREATE SCHEMA proof");
  for (const Claim& claim : claims) BOOST_TEST_CONTEXT(claim.rule << ": " << claim.statement) {
      BOOST_TEST((claim.live || is_found(claim.rule, claim.bad)));
      BOOST_TEST((claim.live || !is_found(claim.rule, claim.good)));
      BOOST_TEST(observed(database, claim.bad, claim.statement) == claim.effects);
      BOOST_TEST(observed(database, claim.good, claim.instead) == claim.spared);
    }
}

// What safety.multiple_alter_table and safety.lock_timeout_unbounded say beside that.
BOOST_AUTO_TEST_CASE(each_alter_table_reads_the_table_again) {
  const test::TestDatabase database;
  const auto scans = [&](const char* statements) {
    const auto connection = database.connect();
    run(*connection, "CREATE TABLE t (a int); INSERT INTO t VALUES (1)");
    connection->execute("BEGIN");
    const std::string_view count =
        "SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 't'";
    const int before = std::stoi(connection->query(count).text(0, 0));
    run(*connection, statements);
    const int after = std::stoi(connection->query(count).text(0, 0));
    run(*connection, "ROLLBACK; DROP TABLE t");
    return after - before;
  };
  BOOST_TEST(scans("ALTER TABLE t ADD CHECK (a > 0); ALTER TABLE t ADD CHECK (a < 9)") == 2);
  BOOST_TEST(scans("ALTER TABLE t ADD CHECK (a > 0), ADD CHECK (a < 9)") == 1);
}

BOOST_AUTO_TEST_CASE(whoever_comes_later_queues_behind_who_waits) {
  const test::TestDatabase database;
  const auto reader = database.connect(), changer = database.connect(), later = database.connect();
  run(*reader, "CREATE TABLE t (a int); BEGIN; SELECT * FROM t");
  later->execute("SET lock_timeout = '200ms'");
  BOOST_CHECK_NO_THROW(later->execute("SELECT * FROM t"));  // beside a reader
  std::thread waiting([&] { changer->execute("ALTER TABLE t ADD COLUMN b int"); });
  const std::string is_waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = " +
                                 std::to_string(changer->backend_pid());
  while (later->query(is_waiting).text(0, 0) != "1") std::this_thread::yield();
  std::string state;
  try {
    later->execute("SELECT * FROM t");
  } catch (const postgres::SqlError& error) {
    state = error.sqlstate();
  }
  BOOST_TEST(state == "55P03");
  reader->execute("COMMIT");
  waiting.join();
}

// Words of the parts of records and pages that say why.
constexpr std::array<std::string_view, 18> words{
    "EXCLUSIVE",       "SHARE",       "exclusive lock", " lock ",      " locks",    " locked",
    "rewrit",          "anew",        "written again",  "whole table", "every row", "all rows",
    "all of its rows", "all and all", "reads all",      "blocks",      "waits",     "scan"};

BOOST_AUTO_TEST_CASE(each_claim_is_proved) {
  std::set<std::string> proved, about_nothing, claiming;
  for (const Proof& proof : proofs)
    if (proof.found) proved.insert(id_of(proof));
  proved.insert("safety.lock_timeout_unbounded");  // above
  for (const Claim& claim : claims) proved.insert(claim.rule);
  for (const char* rule : no_claims) about_nothing.insert(rule);
  extensions::Session session;
  const Linter linter(registry(), {}, session);
  for (const RuleInfo& rule : linter.rules()) {
    if (rule.extension == nullptr) continue;
    const std::string why = rule.extension->rule.why;
    for (const std::string_view word : words) {
      if (why.find(word) == std::string::npos) continue;
      claiming.insert(rule.id);
      BOOST_TEST((proved.contains(rule.id) || about_nothing.contains(rule.id)),
                 rule.id << " says '" << word << "', and nothing proves it");
      break;
    }
  }
  for (const std::string& rule : about_nothing) {
    BOOST_TEST(claiming.contains(rule), rule << " has none of the words any more");
    BOOST_TEST(!proved.contains(rule), rule << " is proved, and said to claim nothing");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
