// SPDX-License-Identifier: MIT
// What rules say of locks, rewrites and scans, against a server: each case is judged by its rule
// and then run, and what it did to the relations that were there before is compared.
#include <set>
#include <stdexcept>

#include "host/config/value.hpp"
#include "host/sql/statement.hpp"
#include "tests/host/lint/fixture.hpp"
#include "tests/host/lint/observed.hpp"
#include "tests/host/lint/proofs.hpp"

namespace host::lint {
namespace {

bool is_found(const Proof& proof, int server_version) {
  std::vector<Input> inputs;
  inputs.push_back({sql::Source("1_setup.up.sql", proof.setup), SourceKind::migration});
  inputs.push_back({sql::Source("2_proof.up.sql", proof.statement), SourceKind::migration});
  const std::string rule = id_of(proof);
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
      BOOST_TEST(observed(database, proof.setup, proof.statement) == proof.effects);
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
    setting.rule = id_of(proof);
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
    const std::string id = id_of(proof);
    const bool here =
        cluster->server_version() >= proof.since && cluster->server_version() < proof.until;
    if (!here) tried.insert(id);  // by the servers that have the statement
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

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
