// SPDX-License-Identifier: MIT
// Which rules run, and how severe they are: their own default, the configuration, the command line.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "host/extensions/errors.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"
#include "host/lint/built_in.hpp"
#include "host/lint/errors.hpp"
#include "host/lint/linter.hpp"

namespace host::lint {
namespace {

// Of a rule that is off by default and has been asked for.
constexpr Severity severity_when_asked_for = Severity::warning;

RuleInfo info_of(const BuiltInRule& rule) {
  const std::string doc = fmt::format("{}\n\nBad:\n```sql\n{}\n```\n\nGood:\n```sql\n{}\n```\n",
                                      rule.why, rule.bad, rule.good);
  return {std::string(rule.id),
          std::string(rule.category),
          std::string(rule.summary),
          doc,
          rule.severity,
          rule.severity,
          rule.risk};
}

RuleInfo info_of(const extensions::Extension& extension) {
  const auto severity = static_cast<Severity>(std::clamp(extension.rule.severity, 0, 4));
  const auto risk = static_cast<Risk>(std::clamp(extension.rule.risk, 0, 4));
  const char* category = extension.rule.category;
  return {extension.id,
          category != nullptr ? category : "",
          extension.summary,
          extension.doc,
          severity,
          severity,
          risk,
          &extension};
}

RuleInfo info_of(const CustomRule& rule) {
  const config::CustomRule& written = rule.written();
  RuleInfo info;
  info.id = written.id;
  info.category = written.category;
  info.summary = written.summary;
  info.doc = rule.doc();
  info.default_severity = info.severity = *parse_severity(written.severity);
  info.custom = &rule;
  return info;
}

class Chooser {
 public:
  Chooser(const extensions::Registry& registry, std::vector<RuleInfo>& rules)
      : registry_(registry), rules_(rules) {}

  // The rules of an id or of a category; throws for any other word.
  std::vector<RuleInfo*> named(const std::string& word, const Place& place) {
    std::vector<RuleInfo*> result;
    for (RuleInfo& rule : rules_)
      if (rule.id == word || rule.category == word) result.push_back(&rule);
    if (result.empty()) refuse(word, place);
    return result;
  }

  RuleInfo& one(const std::string& id, const Place& place) {
    const auto found = std::find_if(rules_.begin(), rules_.end(),
                                    [&](const RuleInfo& rule) { return rule.id == id; });
    if (found == rules_.end()) registry_.require(extensions::Kind::rule, id, place);  // throws
    return *found;
  }

 private:
  // A category that is mistyped, or else a rule: the registry knows which plugins are missing.
  [[noreturn]] void refuse(const std::string& word, const Place& place) {
    std::set<std::string> categories;
    for (const RuleInfo& rule : rules_) categories.insert(rule.category);
    const std::vector<std::string> known(categories.begin(), categories.end());
    const bool all = word.ends_with(".*");  // as others write it
    const auto nearest = all || word.find('.') == std::string::npos
                             ? nearest_name(word.substr(0, word.find('.')), known)
                             : std::nullopt;
    if (nearest)
      throw Error(extensions::errors::unknown_rule,
                  fmt::format("'{}' is neither a rule nor a category of rules", word),
                  fmt::format("did you mean '{}'?", *nearest), place);
    registry_.require(extensions::Kind::rule, word, place);
    throw Error(extensions::errors::unknown_rule, fmt::format("unknown rule '{}'", word), {},
                place);
  }

  const extensions::Registry& registry_;
  std::vector<RuleInfo>& rules_;
};

}  // namespace

bool is_live(const RuleInfo& rule) {
  return rule.extension != nullptr && rule.extension->rule.scope == scope_live;
}

void Linter::choose(const extensions::Registry& registry, const config::Linting& configuration,
                    const Choice& choice) {
  for (const BuiltInRule& rule : built_in_rules()) rules_.push_back(info_of(rule));
  for (const extensions::Extension* extension : registry.all(extensions::Kind::rule))
    rules_.push_back(info_of(*extension));
  for (const auto& rule : custom_) {
    for (const RuleInfo& other : rules_)
      if (other.id == rule->written().id)
        throw Error(errors::bad_custom_rule, fmt::format("there is a rule '{}' already", other.id),
                    "give it another id", rule->written().place);
    rules_.push_back(info_of(*rule));
  }
  std::sort(rules_.begin(), rules_.end(),
            [](const RuleInfo& a, const RuleInfo& b) { return a.id < b.id; });

  Chooser chooser(registry, rules_);
  std::map<std::string, Severity> asked_for;  // what a rule has when it runs
  for (RuleInfo& rule : rules_)
    asked_for[rule.id] =
        rule.default_severity == Severity::off ? severity_when_asked_for : rule.default_severity;
  if (options_.live != nullptr)
    for (RuleInfo& rule : rules_)
      if (is_live(rule)) rule.severity = asked_for[rule.id];
  for (const config::RuleSetting& setting : configuration.rules) {
    RuleInfo& rule = chooser.one(setting.rule, setting.place);
    if (setting.severity) asked_for[rule.id] = *parse_severity(*setting.severity);
    rule.severity = setting.off ? Severity::off : asked_for[rule.id];
  }
  for (const config::PathRules& path : configuration.paths)
    for (const config::RuleSetting& setting : path.rules)
      for (RuleInfo* rule : chooser.named(setting.rule, setting.place))
        rule->by_path = rule->by_path || (!setting.off && choice.select.empty());
  if (!choice.select.empty()) {
    // What cannot be read is always said.
    for (RuleInfo& rule : rules_)
      if (rule.extension != nullptr || rule.custom != nullptr) rule.severity = Severity::off;
    for (const std::string& word : choice.select)
      for (RuleInfo* rule : chooser.named(word, {})) {
        if (options_.live == nullptr && rule->id == word && is_live(*rule))
          throw Error(host::errors::usage, fmt::format("'{}' looks at a database", word),
                      "add --live");
        rule->severity = asked_for[rule->id];
      }
  }
  for (const std::string& word : choice.ignore)
    for (RuleInfo* rule : chooser.named(word, {}))
      rule->severity = Severity::off, rule->by_path = false;
}

}  // namespace host::lint
