// SPDX-License-Identifier: MIT
#include "host/lint/linter.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "host/foundation/time.hpp"
#include "host/lint/active_rule.hpp"
#include "host/lint/built_in.hpp"
#include "host/migrations/version.hpp"
#include "host/sql/large_stack.hpp"

namespace host::lint {
namespace {

bool has_severity(const Finding& finding) {
  return finding.severity != Severity::off;
}

// Its date, in UTC.
std::string today() {
  return format_utc(std::chrono::system_clock::now()).substr(0, 10);
}

// Migrations in the order of their versions, those without one last; the rest, before them, by the
// bytes of its path.
struct Order {
  explicit Order(const Input& input) : name(input.source.name()) {
    if (input.kind == SourceKind::schema || input.kind == SourceKind::database) return;
    migration = true;
    const std::string_view base = name.substr(name.rfind('/') + 1);
    const std::string_view digits = base.substr(0, base.find_first_not_of("0123456789"));
    version = migrations::Version::parse(input.facts.version ? *input.facts.version : digits);
  }

  friend bool operator<(const Order& a, const Order& b) {
    if (a.migration != b.migration) return b.migration;
    if (a.version.has_value() != b.version.has_value()) return a.version.has_value();
    if (a.version && *a.version != *b.version) return *a.version < *b.version;
    return a.name < b.name;
  }

  bool migration = false;
  std::optional<migrations::Version> version;
  std::string_view name;
};

void sort(std::vector<Input>& inputs) {
  std::vector<std::pair<Order, std::size_t>> order;
  order.reserve(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) order.emplace_back(Order(inputs[i]), i);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Input> sorted;
  sorted.reserve(inputs.size());
  for (const auto& [ignored, i] : order) sorted.push_back(std::move(inputs[i]));
  inputs = std::move(sorted);
}

}  // namespace

Linter::Linter(const extensions::Registry& registry, const config::Linting& configuration,
               extensions::Session& session, const Choice& choice, RunOptions options)
    : options_(std::move(options)),
      acceptance_(configuration, rules_, options_.today.empty() ? today() : options_.today),
      schema_rules_(sql::SchemaModel::kind_count),
      migration_rules_(sql::SchemaModel::kind_count),
      chain_rules_(sql::SchemaModel::kind_count) {
  for (const config::CustomRule& rule : configuration.custom)
    custom_.push_back(std::make_unique<CustomRule>(rule));
  choose(registry, configuration, choice);
  activate(configuration, session);
  activate_custom();
}

Linter::~Linter() = default;

// The model and the rules walk trees as deep as the SQL nests.
Report Linter::run(std::vector<Input> inputs) {
  Report report;
  sql::run_on_large_stack(walking_stack, [&] { report = run_here(std::move(inputs)); });
  return report;
}

std::vector<Finding> Linter::judge_migration(const sql::Script& script,
                                             const sql::MigrationFacts& facts) {
  std::vector<Finding> findings;
  sql::run_on_large_stack(walking_stack, [&] { findings = judge_here(script, facts); });
  return findings;
}

// What is known of the migrations, by the names of their files.
std::map<std::string, sql::MigrationFacts> Linter::take_facts(std::vector<Input>& inputs) const {
  std::set<std::string> downs;  // "0001_init", of the ways down that there are
  for (const Input& input : inputs)
    if (input.kind == SourceKind::unjudged)
      downs.insert(sql::SchemaModel::stem(input.source.name()));
  std::map<std::string, sql::MigrationFacts> facts;
  for (Input& input : inputs) {
    if (input.kind != SourceKind::migration) continue;
    const std::string& name = input.source.name();
    sql::MigrationFacts& known = facts[name] = std::move(input.facts);
    if (downs.contains(sql::SchemaModel::stem(name))) known.has_down = true;
    if (options_.changes == nullptr || !options_.changes->was_there(name)) continue;
    known.applied = true;
    if (options_.changes->has(name)) known.edited = true;
  }
  return facts;
}

Report Linter::run_here(std::vector<Input> inputs) {
  if (options_.live == nullptr) sort(inputs);  // else they are in an order already
  Report report;
  report.of_database = options_.live != nullptr;
  std::map<std::string, sql::MigrationFacts> facts = take_facts(inputs);
  // What is judged on top of what the database has, where that is known.
  std::set<std::string, std::less<>> pending;
  if (std::any_of(inputs.begin(), inputs.end(),
                  [](const Input& input) { return input.kind == SourceKind::database; }))
    for (const auto& [name, known] : facts)
      if (!known.applied) pending.insert(name);
  std::vector<sql::Source> sources;
  std::vector<std::pair<SourceKind, bool>> roles;
  for (Input& input : inputs) {
    roles.emplace_back(input.kind, input.context);
    sources.push_back(std::move(input.source));
  }
  sources_.clear();
  acceptance_.forget();
  sql::ModelOptions of_schema = options_.server;
  of_schema.migrations = false;
  sql::SchemaModel schema(of_schema), migrations(options_.server), database(options_.server);
  database.note_facts(facts);
  migrations.note_facts(std::move(facts));
  std::size_t next = 0;
  sql::parse_scripts(std::move(sources), [&](const sql::Script& script) {
    const auto [kind, context] = roles[next++];
    if (!context) note(script, report);
    if (kind == SourceKind::unjudged) return;
    if (kind == SourceKind::database) return database.apply(script);
    if (kind == SourceKind::migration && pending.contains(script.source().name())) {
      if (!context) return apply_on_database(script, migrations, database, report.findings);
      database.apply(script);
    }
    sql::SchemaModel& model = kind == SourceKind::schema ? schema : migrations;
    if (context) return model.apply(script);
    apply(script, model, kind == SourceKind::schema ? schema_rules_ : migration_rules_,
          report.findings);
  });
  schema.finish();
  migrations.finish();
  check_objects(schema, schema_rules_, report.findings);
  check_end_of_chain(migrations, report.findings);
  report.opaque = std::exchange(opaque_, 0);
  acceptance_.settle(report, options_.baseline);
  if (options_.changes)
    std::erase_if(report.findings,
                  [&](const Finding& finding) { return !options_.changes->concern(finding); });
  return report;
}

void Linter::note(const sql::Script& script, Report& report) {
  ++report.files;
  report.file_names.push_back(script.source().name());
  report.statements += script.statements().size();
  for (const sql::Statement& statement : script.statements())
    if (statement.error) ++report.unjudged;
  add_source(script.shared_source());
  acceptance_.note(script);
  if (options_.changes) options_.changes->note(script);
  note_unread(script, report.findings);
}

std::vector<Finding> Linter::judge_here(const sql::Script& script,
                                        const sql::MigrationFacts& facts) {
  sources_.clear();
  add_source(script.shared_source());
  acceptance_.forget();
  acceptance_.note(script);
  sql::SchemaModel model(options_.server);
  model.note_facts({{script.source().name(), facts}});
  Report report;
  note_unread(script, report.findings);
  apply(script, model, migration_rules_, report.findings);
  acceptance_.settle(report, {});
  return std::move(report.findings);
}

void Linter::note_unread(const sql::Script& script, std::vector<Finding>& findings) const {
  for (const sql::Statement& statement : script.statements()) {
    if (!statement.error) continue;
    Finding finding = unread_statement(statement, script.shared_source());
    const auto info = std::find_if(rules_.begin(), rules_.end(),
                                   [&](const RuleInfo& rule) { return rule.id == finding.rule; });
    finding.severity = info->severity;
    if (has_severity(finding)) findings.push_back(std::move(finding));
  }
}

void Linter::apply(const sql::Script& script, sql::SchemaModel& model, const ByKind& rules,
                   std::vector<Finding>& findings) {
  model.apply(script, [&](const sql::Node& node) {
    if (node.kind == CONFITURE_NODE_STATEMENT)
      for (const sql::Node* inner : node.list(CONFITURE_LIST_BODY))
        opaque_ += inner->integer(CONFITURE_PROP_DYNAMIC) != 0 ? 1 : 0;
    check(node, rules, findings);
    for (const sql::Node* sub : node.list(CONFITURE_LIST_SUBCOMMANDS)) check(*sub, rules, findings);
  });
}

// Rules about statements see the database, in which there can be more than the migrations tell;
// rules about files and about what becomes of them all see the migrations.
void Linter::apply_on_database(const sql::Script& script, sql::SchemaModel& migrations,
                               sql::SchemaModel& database, std::vector<Finding>& findings) {
  migrations.apply(script, [&](const sql::Node& node) {
    if (node.kind == CONFITURE_NODE_FILE) check(node, migration_rules_, findings);
  });
  ByKind of_statements = migration_rules_;
  of_statements[CONFITURE_NODE_FILE].clear();
  apply(script, database, of_statements, findings);
}

void Linter::check_end_of_chain(const sql::SchemaModel& migrations,
                                std::vector<Finding>& findings) {
  check_objects(migrations, migration_rules_, findings);
  if (!options_.chain_is_schema) return;
  std::vector<Finding> of_schema;
  check_objects(migrations, chain_rules_, of_schema);
  for (Finding& finding : of_schema) {
    finding.fix = FixKind::none;  // by another migration, not in one that may have been applied
    finding.edits.clear();
    findings.push_back(std::move(finding));
  }
}

void Linter::check(const sql::Node& node, const ByKind& rules, std::vector<Finding>& findings) {
  for (ActiveRule* rule : rules[node.kind]) check(node, *rule, findings);
}

void Linter::check(const sql::Node& node, ActiveRule& rule, std::vector<Finding>& findings) {
  rule.findings = &findings;
  rule.node = &node;
  if (rule.info->custom != nullptr) {
    if (!rule.info->custom->matches(node)) return;
    confiture_finding reported{};
    const std::string message = rule.info->custom->message(node);
    const std::string suggestion = rule.info->custom->suggestion(node);
    reported.at = &node;
    reported.message = {message.data(), message.size()};
    reported.suggestion = {suggestion.data(), suggestion.size()};
    return add_finding(rule, reported);
  }
  try {
    rule.instance->check(node, rule.context);
  } catch (const Error& error) {
    throw error.at({std::string(node.file), node.line, node.column});
  }
}

void Linter::add_source(std::shared_ptr<const sql::Source> source) {
  std::string name = source->name();
  sources_[std::move(name)] = std::move(source);
}

std::shared_ptr<const sql::Source> Linter::source_named(std::string_view name) const {
  const auto found = sources_.find(std::string(name));
  return found != sources_.end() ? found->second : nullptr;
}

}  // namespace host::lint
