// SPDX-License-Identifier: MIT
// The engine: SQL in, findings out. It chooses the rules by the configuration and the command line,
// makes a model of the schema and of the migrations, and shows each node to the rules that asked
// for its kind. Rules about statements judge migrations; rules about objects judge the schema.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "host/config/project.hpp"
#include "host/extensions/instance.hpp"
#include "host/extensions/registry.hpp"
#include "host/lint/acceptance.hpp"
#include "host/lint/baseline.hpp"
#include "host/lint/changes.hpp"
#include "host/lint/custom_rule.hpp"
#include "host/lint/finding.hpp"
#include "host/postgres/connection.hpp"
#include "host/sql/schema_model.hpp"

namespace host::lint {

enum class SourceKind {
  schema,
  migration,
  unjudged,  // only parsed: the way down of a migration, which undoes on purpose
  database,  // what the environment's database has, which pending migrations are judged on top of
};

struct Input {
  sql::Source source;
  SourceKind kind = SourceKind::schema;
  // Of a migration. A way down among the inputs, and what `changes` tell, is noted by the linter.
  sql::MigrationFacts facts = {};
  bool context = false;  // read to judge the others, and not reported on
};

// What the command line says of the rules: ids, or categories ("naming"). Unknown ones throw
// config.unknown_rule.
struct Choice {
  std::vector<std::string> select;  // only these, those included that are off; empty: as configured
  std::vector<std::string> ignore;
};

// What the run assumes of the server and of the way that migrations are run.
struct RunOptions {
  sql::ModelOptions server;  // but for `migrations`
  std::string today;         // "2026-11-23"; empty: the day it is, in UTC
  Baseline baseline;
  postgres::Connection* live = nullptr;  // inputs are what it holds; rules of that scope ask it
  // Of the environment: rules about migrations may ask it how large things are. Null: nobody knows.
  postgres::Connection* facts = nullptr;
  std::shared_ptr<Changes> changes;  // only findings in what changed; null: all
  // No file says how the schema should be: what the chain of migrations leaves is judged as one.
  bool chain_is_schema = false;
};

// A rule as --list-rules and --explain show it.
struct RuleInfo {
  std::string id, category, summary, doc;
  Severity default_severity = Severity::off;
  Severity severity = Severity::off;  // after configuration and choice; off: does not run
  Risk risk = Risk::none;
  const extensions::Extension* extension = nullptr;  // null: the host's own, or
  const CustomRule* custom = nullptr;                // one written in YAML
  bool by_path = false;  // off, but for files that the configuration names
};

// Whether it looks at a database, and at nothing else.
inline constexpr std::uint32_t scope_live = 1u << 2;
bool is_live(const RuleInfo& rule);

class Linter {
 public:
  // Throws config.unknown_rule with the place in the configuration, and whatever is wrong with a
  // rule's parameters. The registry and the session outlive this. [main]
  Linter(const extensions::Registry& registry, const config::Linting& configuration,
         extensions::Session& session, const Choice& choice = {}, RunOptions options = {});
  ~Linter();

  // All inputs as one set, whatever their order. A failing rule throws plugin.bug or plugin.failed
  // (exit 7), naming plugin, rule and object, at the object's place. [main]
  Report run(std::vector<Input> inputs);
  // One migration alone; its trees are there. [main]
  std::vector<Finding> judge_migration(const sql::Script& script,
                                       const sql::MigrationFacts& facts = {});

  const std::vector<RuleInfo>& rules() const { return rules_; }  // by id

 private:
  // Of which only what is touched is memory.
  static constexpr std::size_t walking_stack = std::size_t{1} << 30;
  struct ActiveRule;
  class Lane;
  void add_finding(ActiveRule& rule, const confiture_finding& reported);
  void activate_custom();
  void subscribe(ActiveRule& rule, std::uint32_t kind, std::uint32_t scope);
  void judge_chain_by(ActiveRule& rule, std::uint32_t kind);
  void choose(const extensions::Registry& registry, const config::Linting& configuration,
              const Choice& choice);
  void activate(const config::Linting& configuration, extensions::Session& session);
  void note(const sql::Script& script, Report& report);
  void note_unread(const sql::Script& script, std::vector<Finding>& findings) const;
  // Which rules look at a node: those of the schema, or those of migrations.
  using ByKind = std::vector<std::vector<ActiveRule*>>;
  Report run_here(std::vector<Input> inputs);
  std::vector<Finding> judge_here(const sql::Script& script, const sql::MigrationFacts& facts);
  std::map<std::string, sql::MigrationFacts> take_facts(std::vector<Input>& inputs) const;
  void apply(const sql::Script& script, sql::SchemaModel& model, const ByKind& rules,
             std::vector<Finding>& findings);
  void apply_on_database(const sql::Script& script, sql::SchemaModel& migrations,
                         sql::SchemaModel& database, std::vector<Finding>& findings);
  void check_end_of_chain(const sql::SchemaModel& migrations, std::vector<Finding>& findings);
  void check_objects(const sql::SchemaModel& model, const ByKind& rules,
                     std::vector<Finding>& findings);
  void check(const sql::Node& node, const ByKind& rules, std::vector<Finding>& findings);
  void check(const sql::Node& node, ActiveRule& rule, std::vector<Finding>& findings);
  void add_source(std::shared_ptr<const sql::Source> source);
  std::shared_ptr<const sql::Source> source_named(std::string_view name) const;

  std::vector<std::unique_ptr<CustomRule>> custom_;
  std::vector<RuleInfo> rules_;
  RunOptions options_;
  Acceptance acceptance_;
  std::vector<std::unique_ptr<ActiveRule>> active_;
  std::size_t opaque_ = 0;
  ByKind schema_rules_, migration_rules_;
  ByKind chain_rules_;  // of the schema, where the chain is all that says how it is
  std::unordered_map<std::string, std::shared_ptr<const sql::Source>>
      sources_;  // those reported on
};

}  // namespace host::lint
