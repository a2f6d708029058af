// SPDX-License-Identifier: MIT
#include "host/lint/linter.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "host/config/parameters.hpp"
#include "host/lint/built_in.hpp"

namespace host::lint {
namespace {

std::string text_of(confiture_str text) {
  return text.data == nullptr ? std::string() : std::string(text.data, text.size);
}

bool has_severity(const Finding& finding) {
  return finding.severity != Severity::off;
}

Severity checked_severity(std::int32_t value) {
  return static_cast<Severity>(std::clamp(value, 0, 4));
}

std::string object_of(const sql::Node& node) {
  return std::string(node.text(CONFITURE_PROP_QUALIFIED_NAME));
}

// "table public.t", "statement at a.sql:3:1": for messages about a failing rule.
std::string described(const sql::Node& node) {
  const std::string_view tag = node.text(CONFITURE_PROP_STATEMENT_TAG);
  const std::string name = object_of(node);
  if (!name.empty()) return name;
  return tag.empty() ? "a statement" : std::string(tag);
}

std::uint32_t scope_of(const confiture_rule_v1& rule, std::uint32_t kind) {
  if (rule.scope != 0) return rule.scope;
  const bool statements = kind == CONFITURE_NODE_STATEMENT || kind == CONFITURE_NODE_SUBCOMMAND;
  return statements ? CONFITURE_SCOPE_MIGRATIONS : CONFITURE_SCOPE_SCHEMA;
}

// Migrations in the order of their versions, which are numbers; the rest by the bytes of its path.
auto input_order(const Input& input) {
  const std::string& name = input.source.name();
  std::string_view version = std::string_view(name).substr(name.rfind('/') + 1);
  version = version.substr(0, version.find_first_not_of("0123456789"));
  version.remove_prefix(std::min(version.find_first_not_of('0'), version.size()));
  const bool migration = input.kind != SourceKind::schema;
  return std::tuple(migration, migration ? version.size() : 0,
                    migration ? version : std::string_view(), std::string_view(name));
}

}  // namespace

struct Linter::ActiveRule {
  const RuleInfo* info;
  extensions::Instance instance;
  extensions::CallContext context;
  std::vector<Finding>* findings = nullptr;
  const sql::Node* node = nullptr;
};

Linter::Linter(const extensions::Registry& registry, const config::Linting& configuration,
               extensions::Session& session, const Choice& choice)
    : schema_rules_(sql::SchemaModel::kind_count),
      migration_rules_(sql::SchemaModel::kind_count),
      session_(session) {
  choose(registry, configuration, choice);
  activate(configuration, session);
}

Linter::~Linter() = default;

Report Linter::run(std::vector<Input> inputs) {
  std::sort(inputs.begin(), inputs.end(),
            [](const Input& a, const Input& b) { return input_order(a) < input_order(b); });
  Report report;
  report.files = inputs.size();
  std::vector<sql::Source> sources;
  std::vector<SourceKind> kinds;
  for (Input& input : inputs) {
    sources.push_back(std::move(input.source));
    kinds.push_back(input.kind);
  }
  sources_.clear();
  session_.last_tree = {};
  sql::ModelOptions of_schema;
  of_schema.migrations = false;
  sql::SchemaModel schema(of_schema), migrations;
  std::size_t next = 0;
  sql::parse_scripts(std::move(sources), [&](const sql::Script& script) {
    const SourceKind kind = kinds[next++];
    report.statements += script.statements().size();
    for (const sql::Statement& statement : script.statements())
      if (statement.error) ++report.unjudged;
    add_source(script.shared_source());
    note_unread(script, report.findings);
    if (kind == SourceKind::schema) apply(script, schema, schema_rules_, report.findings);
    if (kind == SourceKind::migration) apply(script, migrations, migration_rules_, report.findings);
  });
  check_objects(schema, schema_rules_, report.findings);
  check_objects(migrations, migration_rules_, report.findings);
  sort_findings(report.findings);
  return report;
}

std::vector<Finding> Linter::judge_migration(const sql::Script& script) {
  std::vector<Finding> findings;
  sources_.clear();
  add_source(script.shared_source());
  note_unread(script, findings);
  session_.last_tree = {};
  sql::SchemaModel model;
  apply(script, model, migration_rules_, findings);
  sort_findings(findings);
  return findings;
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
    check(node, rules, findings);
    for (const sql::Node* sub : node.list(CONFITURE_LIST_SUBCOMMANDS)) check(*sub, rules, findings);
  });
}

void Linter::check_objects(sql::SchemaModel& model, const ByKind& rules,
                           std::vector<Finding>& findings) {
  model.finish();
  for (std::uint32_t kind = 1; kind < rules.size(); ++kind) {
    const bool seen = kind == CONFITURE_NODE_STATEMENT || kind == CONFITURE_NODE_SUBCOMMAND ||
                      kind == CONFITURE_NODE_FILE;
    if (seen || rules[kind].empty()) continue;
    for (const sql::Node* node : model.objects(kind)) check(*node, rules, findings);
  }
}

void Linter::check(const sql::Node& node, const ByKind& rules, std::vector<Finding>& findings) {
  for (ActiveRule* rule : rules[node.kind]) {
    rule->findings = &findings;
    rule->node = &node;
    rule->context.object = described(node);
    try {
      rule->instance.check(node, rule->context);
    } catch (const Error& error) {
      throw error.at({std::string(node.file), node.line, node.column});
    }
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

void Linter::activate(const config::Linting& configuration, extensions::Session& session) {
  for (const RuleInfo& info : rules_) {
    if (info.severity == Severity::off || info.extension == nullptr) continue;
    const extensions::Extension& extension = *info.extension;
    const auto setting =
        std::find_if(configuration.rules.begin(), configuration.rules.end(),
                     [&](const config::RuleSetting& one) { return one.rule == info.id; });
    const bool configured = setting != configuration.rules.end();
    config::Parameters parameters =
        config::check_parameters(configured ? &setting->with : nullptr, extension.parameters,
                                 "rule '" + info.id + "'", configured ? setting->place : Place{});
    auto active = std::make_unique<ActiveRule>(ActiveRule{
        &info, extensions::Instance(extension, std::move(parameters), session, info.id), {}});
    ActiveRule* rule = active.get();
    rule->context.report = [this, rule](const confiture_finding& reported) {
      const sql::Node& at = reported.at != nullptr ? *reported.at : *rule->node;
      Finding finding;
      finding.rule = rule->info->id;
      finding.category = rule->info->category;
      finding.severity = checked_severity(reported.severity);
      if (!has_severity(finding)) finding.severity = rule->info->severity;
      finding.risk = static_cast<Risk>(std::clamp(reported.risk, 0, 4));
      if (finding.risk == Risk::none) finding.risk = rule->info->risk;
      finding.source = source_named(at.file);
      finding.line = at.line;
      finding.column = at.column;
      finding.end_line = at.end_line;
      finding.end_column = at.end_column;
      if (reported.end_offset > reported.offset && finding.source != nullptr) {
        const Place start = finding.source->place(reported.offset);
        const Place end = finding.source->place(reported.end_offset);
        finding.line = start.line;
        finding.column = start.column;
        finding.end_line = end.line;
        finding.end_column = end.column;
      }
      finding.object = object_of(at.text(CONFITURE_PROP_QUALIFIED_NAME).empty() ? *rule->node : at);
      finding.message = text_of(reported.message);
      finding.hint = text_of(reported.hint);
      finding.suggestion = text_of(reported.suggestion);
      finding.fixable = reported.edit_count > 0;
      rule->findings->push_back(std::move(finding));
    };
    for (std::uint32_t i = 0; i < extension.rule.node_kind_count; ++i) {
      const std::uint32_t kind = extension.rule.node_kinds[i];
      if (kind >= schema_rules_.size()) continue;
      const std::uint32_t scope = scope_of(extension.rule, kind);
      if ((scope & CONFITURE_SCOPE_SCHEMA) != 0) schema_rules_[kind].push_back(rule);
      if ((scope & CONFITURE_SCOPE_MIGRATIONS) != 0) migration_rules_[kind].push_back(rule);
    }
    active_.push_back(std::move(active));
  }
}

}  // namespace host::lint
