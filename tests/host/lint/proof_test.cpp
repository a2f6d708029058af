// SPDX-License-Identifier: MIT
// What rules say of locks, rewrites and scans, against a server: each case is judged by its rule
// and then run, and what it did to the relations that were there before is compared.
#include <fmt/format.h>

#include <set>
#include <stdexcept>

#include "host/config/value.hpp"
#include "host/sql/statement.hpp"
#include "tests/host/lint/fixture.hpp"
#include "tests/host/lint/proofs.hpp"
#include "tests/host/postgres/database.hpp"

namespace host::lint {
namespace {

// The statements one by one, since some refuse to stand in a transaction with others.
void run(postgres::Connection& connection, const std::string& sql) {
  const sql::Script script = sql::parse_script(sql::Source("proof", sql));
  for (const sql::Statement& statement : script.statements())
    connection.execute(std::string(statement.text));
}

// What a transaction holds and has done to relations older than itself, but for weak locks, and
// those of indexes and sequences: "lock t share, rewrite t, scan t".
std::string effects(postgres::Connection& connection) {
  const postgres::Result rows = connection.query(
      "SELECT e FROM ("
      " SELECT 'lock ' || b.name || ' ' || lower(regexp_replace(regexp_replace(max(l.mode),"
      "   'Lock$', ''), '([a-z])([A-Z])', '\\1_\\2', 'g')) e, 1 AS kind"
      " FROM (SELECT relation, (ARRAY['ShareUpdateExclusiveLock', 'ShareLock',"
      "   'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'])[max(array_position("
      "   ARRAY['ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock',"
      "   'ExclusiveLock', 'AccessExclusiveLock'], mode))] AS mode FROM pg_locks"
      "   WHERE pid = pg_backend_pid() AND locktype = 'relation' GROUP BY relation) l"
      " JOIN proof.before b ON b.oid = l.relation WHERE l.mode IS NOT NULL"
      "   AND b.kind NOT IN ('i', 'I', 'S') GROUP BY b.name"
      " UNION ALL SELECT 'rewrite ' || b.name, 2 FROM proof.before b"
      " WHERE pg_relation_filenode(b.oid) <> b.file AND b.kind IN ('r', 'm')"
      " UNION ALL SELECT 'scan ' || b.name, 3 FROM proof.before b"
      " JOIN pg_stat_xact_user_tables s ON s.relid = b.oid WHERE s.seq_scan > 0 AND b.kind <> 'S'"
      ") all_effects ORDER BY kind, e");
  std::string result;
  for (std::size_t i = 0; i < rows.row_count(); ++i)
    result += (result.empty() ? "" : ", ") + rows.text(i, 0);
  return result;
}

std::string observed(const test::TestDatabase& database, const Proof& proof) {
  // The statistics of a session's own scans include those of its earlier transactions.
  const auto setting = database.connect(), connection = database.connect();
  run(*setting, proof.setup);
  run(*setting,
      "CREATE TABLE proof.before AS SELECT c.oid, c.relname AS name, c.relkind AS kind,"
      " pg_relation_filenode(c.oid) AS file FROM pg_class c"
      " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'");
  connection->execute("SET timezone = 'Europe/Berlin'");
  std::string result;
  const bool inside = !std::string_view(proof.statement).starts_with("-- transaction: off");
  try {
    if (inside) connection->execute("BEGIN");
    run(*connection, proof.statement);
    if (!inside) connection->execute("BEGIN");
    result = effects(*connection);
  } catch (const postgres::SqlError& error) {
    result = "fails " + error.sqlstate();
  }
  connection->execute("ROLLBACK");
  run(*setting, "DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP TABLE proof.before;");
  return result;
}

bool is_found(const Proof& proof, int server_version) {
  std::vector<Input> inputs;
  inputs.push_back({sql::Source("1_setup.up.sql", proof.setup), SourceKind::migration});
  inputs.push_back({sql::Source("2_proof.up.sql", proof.statement), SourceKind::migration});
  const std::string rule = std::string("safety.") + proof.rule;
  RunOptions options;
  options.server.server_version = server_version;
  bool found = false;
  for (const Finding& finding :
       lint(std::move(inputs), {{rule}, {}}, {}, std::move(options)).findings)
    found = found || (finding.rule == rule && finding.file() == "2_proof.up.sql");
  return found;
}

const RuleInfo& find(const Linter& linter, const std::string& id) {
  for (const RuleInfo& rule : linter.rules())
    if (rule.id == id) return rule;
  throw std::logic_error(id);
}

BOOST_AUTO_TEST_SUITE(proof)

BOOST_AUTO_TEST_CASE(the_server_does_what_the_rules_say) {
  const test::TestDatabase database;
  const auto cluster = database.connect();
  run(*cluster,
      "CREATE SCHEMA proof; SET allow_in_place_tablespaces = on;"
      "CREATE TABLESPACE confiture_proof LOCATION ''");
  const int version = cluster->server_version();
  for (const Proof& proof : proofs)
    BOOST_TEST_CONTEXT(proof.rule << ": " << proof.setup << " ; " << proof.statement) {
      if (version < proof.since || version >= proof.until) continue;
      BOOST_TEST(is_found(proof, version) == proof.found);
      BOOST_TEST(observed(database, proof) == proof.effects);
    }
  cluster->execute("DROP TABLESPACE confiture_proof");
}

// A rule that knows sizes makes a hint of what is about a small table, and says no word of it
// without a database; of a large one it makes more.
BOOST_AUTO_TEST_CASE(a_small_table_makes_it_a_hint) {
  const test::TestDatabase database;
  const auto cluster = database.connect(), facts = database.connect();
  run(*cluster,
      "SET allow_in_place_tablespaces = on; CREATE TABLESPACE confiture_proof LOCATION ''");
  facts->execute("SET default_transaction_read_only = on");
  extensions::Session session;
  const Linter all(registry(), {}, session);
  std::set<std::string> weighed, tried;
  for (const RuleInfo& rule : all.rules())
    if (rule.extension != nullptr)
      for (const config::ParameterSpec& parameter : rule.extension->parameters)
        if (parameter.name == "sizes") weighed.insert(rule.id);
  const auto judge = [&](const Proof& proof, const char* parameters) {
    std::vector<Input> inputs;
    inputs.push_back({sql::Source("database", proof.setup), SourceKind::database, {}, true});
    inputs.push_back({sql::Source("2_proof.up.sql", proof.statement), SourceKind::migration});
    config::RuleSetting setting;
    setting.rule = std::string("safety.") + proof.rule;
    setting.with = config::parse_yaml(parameters, "db/confiture.yaml");
    config::Linting linting;
    linting.rules.push_back(std::move(setting));
    RunOptions options;
    options.server.server_version = facts->server_version();
    options.facts = facts.get();
    std::set<Severity> severities;
    for (const Finding& finding :
         lint(std::move(inputs), {{linting.rules[0].rule}, {}}, linting, std::move(options))
             .findings)
      if (finding.rule == linting.rules[0].rule) severities.insert(finding.severity);
    return severities;
  };
  for (const Proof& proof : proofs) {
    const std::string id = std::string("safety.") + proof.rule;
    const bool here =
        cluster->server_version() >= proof.since && cluster->server_version() < proof.until;
    if (!proof.found || !here || !weighed.contains(id)) continue;
    // A table that is empty after a crash, a lock on the table that is referred to: no matter of
    // size.
    const std::string_view statement = proof.statement;
    if (statement.ends_with("UNLOGGED") || statement.ends_with("c int REFERENCES r")) continue;
    BOOST_TEST_CONTEXT(proof.rule << ": " << proof.statement) {
      run(*cluster, proof.setup);
      BOOST_TEST((judge(proof, "{}") == std::set{Severity::info}));
      BOOST_TEST(
          (judge(proof, "{ sizes: { small_mb: 0 } }") == std::set{find(all, id).default_severity}));
      BOOST_TEST((judge(proof, "{ sizes: { small_mb: 0, large_rows: 0 } }") ==
                  std::set{Severity::critical}));
      run(*cluster, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }
    tried.insert(id);
  }
  cluster->execute("DROP TABLESPACE confiture_proof");
  for (const std::string& id : weighed) BOOST_TEST(tried.contains(id), id << " was not tried");
}

// A rule that speaks of a lock, a rewrite or a scan has a case here.
BOOST_AUTO_TEST_CASE(each_claim_is_proved) {
  std::set<std::string> proved;
  for (const Proof& proof : proofs)
    if (proof.found) proved.insert(std::string("safety.") + proof.rule);
  extensions::Session session;
  const Linter linter(registry(), {}, session);
  for (const RuleInfo& rule : linter.rules()) {
    if (rule.extension == nullptr || !rule.id.starts_with("safety.")) continue;
    const std::string why = rule.extension->rule.why;
    for (const char* claim : {"EXCLUSIVE lock", "SHARE lock", "whole table", "all rows and all",
                              "under the same locks"})
      if (why.find(claim) != std::string::npos)
        BOOST_TEST(proved.contains(rule.id), rule.id << " claims '" << claim << "', unproved");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
