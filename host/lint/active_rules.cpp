// SPDX-License-Identifier: MIT
// From the rules that were chosen to those that run, and from what they report to findings.
#include <algorithm>
#include <utility>

#include "host/config/parameters.hpp"
#include "host/lint/active_rule.hpp"

namespace host::lint {
namespace {

std::string text_of(confiture_str text) {
  return text.data == nullptr ? std::string() : std::string(text.data, text.size);
}

Severity checked_severity(std::int32_t value) {
  return static_cast<Severity>(std::clamp(value, 0, 4));
}

std::uint32_t scope_of(const confiture_rule_v1& rule, std::uint32_t kind) {
  if (rule.scope != 0) return rule.scope;
  const bool statements = kind == CONFITURE_NODE_STATEMENT || kind == CONFITURE_NODE_SUBCOMMAND;
  return statements ? CONFITURE_SCOPE_MIGRATIONS : CONFITURE_SCOPE_SCHEMA;
}

std::vector<Edit> edits_of(const confiture_finding& reported) {
  std::vector<Edit> edits;
  for (std::uint32_t i = 0; i < reported.edit_count; ++i)
    edits.push_back(
        {reported.edits[i].offset, reported.edits[i].end_offset, text_of(reported.edits[i].text)});
  return edits;
}

}  // namespace

void Linter::activate(const config::Linting& configuration, extensions::Session& session) {
  for (const RuleInfo& info : rules_) {
    const bool runs = info.severity != Severity::off || info.by_path;
    if (is_live(info) && options_.live == nullptr) continue;
    if (!runs || info.extension == nullptr) continue;
    const extensions::Extension& extension = *info.extension;
    const auto setting =
        std::find_if(configuration.rules.begin(), configuration.rules.end(),
                     [&](const config::RuleSetting& one) { return one.rule == info.id; });
    const bool configured = setting != configuration.rules.end();
    config::Parameters parameters =
        config::check_parameters(configured ? &setting->with : nullptr, extension.parameters,
                                 "rule '" + info.id + "'", configured ? setting->place : Place{});
    auto active = std::make_unique<ActiveRule>();
    ActiveRule* rule = active.get();
    rule->number = active_.size();
    rule->info = &info;
    rule->instance.emplace(extension, std::move(parameters), session, info.id);
    rule->context.report = [this, rule](const confiture_finding& reported) {
      add_finding(*rule, reported);
    };
    rule->context.connection = is_live(info) ? options_.live : options_.facts;
    for (std::uint32_t i = 0; i < extension.rule.node_kind_count; ++i) {
      const std::uint32_t kind = extension.rule.node_kinds[i];
      subscribe(*rule, kind, scope_of(extension.rule, kind));
      if (extension.rule.scope == 0) judge_chain_by(*rule, kind);
    }
    active_.push_back(std::move(active));
  }
}

void Linter::activate_custom() {
  for (const RuleInfo& info : rules_) {
    if (info.custom == nullptr || (info.severity == Severity::off && !info.by_path)) continue;
    auto active = std::make_unique<ActiveRule>();
    active->number = active_.size();
    active->info = &info;
    const std::uint32_t kind = info.custom->kind();
    confiture_rule_v1 usual{};
    subscribe(*active, kind, scope_of(usual, kind));
    judge_chain_by(*active, kind);
    active_.push_back(std::move(active));
  }
}

void Linter::subscribe(ActiveRule& rule, std::uint32_t kind, std::uint32_t scope) {
  if (kind >= schema_rules_.size()) return;
  if ((scope & (CONFITURE_SCOPE_SCHEMA | scope_live)) != 0) schema_rules_[kind].push_back(&rule);
  if ((scope & CONFITURE_SCOPE_MIGRATIONS) != 0) migration_rules_[kind].push_back(&rule);
}

// What a chain leaves is a schema, for rules that do not say that they are about its files.
void Linter::judge_chain_by(ActiveRule& rule, std::uint32_t kind) {
  const bool object = kind != CONFITURE_NODE_STATEMENT && kind != CONFITURE_NODE_SUBCOMMAND &&
                      kind != CONFITURE_NODE_FILE;
  if (object && kind < chain_rules_.size()) chain_rules_[kind].push_back(&rule);
}

void Linter::add_finding(ActiveRule& rule, const confiture_finding& reported) {
  const sql::Node& at = reported.at != nullptr ? *reported.at : *rule.node;
  const RuleInfo& info = *rule.info;
  Finding finding;
  finding.rule = info.id;
  finding.category = info.category;
  finding.severity = checked_severity(reported.severity);
  if (finding.severity == Severity::off) finding.severity = info.severity;
  if (finding.severity == Severity::off) finding.severity = Severity::warning;  // by path
  finding.risk = static_cast<Risk>(std::clamp(reported.risk, 0, 4));
  if (finding.risk == Risk::none) finding.risk = info.risk;
  // Most come file by file.
  const bool same = !rule.findings->empty() && rule.findings->back().source != nullptr &&
                    rule.findings->back().source->name() == at.file;
  finding.source = same ? rule.findings->back().source : source_named(at.file);
  if (finding.source == nullptr && !at.file.empty()) return;  // of the context
  finding.line = at.line;
  finding.column = at.column;
  finding.end_line = at.end_line;
  finding.end_column = at.end_column;
  finding.offset = at.offset;
  finding.end_offset = at.end_offset;
  if (reported.end_offset > reported.offset && finding.source != nullptr)
    place_finding(finding, reported.offset, reported.end_offset);
  finding.object = object_of(object_of(at).empty() ? *rule.node : at);
  finding.message = text_of(reported.message);
  finding.hint = text_of(reported.hint);
  finding.suggestion = text_of(reported.suggestion);
  finding.edits = edits_of(reported);
  if (!finding.edits.empty() && info.extension != nullptr)
    finding.fix =
        info.extension->rule.fix == CONFITURE_FIX_UNSAFE ? FixKind::unsafe : FixKind::safe;
  finding.by_path = info.severity == Severity::off;
  rule.findings->push_back(std::move(finding));
}

}  // namespace host::lint
