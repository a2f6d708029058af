// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <span>

#include "host/config/errors.hpp"
#include "host/config/linting.hpp"
#include "host/config/reader.hpp"
#include "host/config/sections.hpp"
#include "host/foundation/text.hpp"

namespace host::config {
namespace {

const std::vector<std::string> severities{"off", "info", "warning", "error", "critical"};

// `off` or a severity stands for a map with nothing but that.
Value long_form(const Value& setting) {
  if (setting.kind != Value::Kind::scalar) return setting;
  Value key;
  key.kind = Value::Kind::scalar;
  key.text = "severity";
  key.place = setting.place;
  Value map;
  map.kind = Value::Kind::map;
  map.place = setting.place;
  map.entries.push_back({std::move(key), setting});
  return map;
}

RuleSetting read_setting(const Value& name, const Value& value) {
  RuleSetting setting;
  setting.rule = name.text;
  setting.place = name.place;
  Value map = long_form(value);
  Reader reader(map, fmt::format("rule '{}'", printable(name.text)));
  setting.severity = reader.choice("severity", severities);
  if (setting.severity == "off") {
    setting.off = true;
    setting.severity.reset();
  }
  std::erase_if(map.entries, [](const auto& entry) { return entry.key.text == "severity"; });
  if (!map.entries.empty()) setting.with = std::move(map);
  return setting;
}

std::vector<RuleSetting> read_settings(const Value& map, std::string_view what) {
  std::vector<RuleSetting> settings;
  for (const auto& [name, setting] : as_map(map, what))
    settings.push_back(read_setting(name, setting));
  return settings;
}

PathRules read_path(const Value& pattern, const Value& value) {
  PathRules path{pattern.text, read_settings(value, "'paths' of linting"), pattern.place};
  for (const RuleSetting& setting : path.rules)
    if (!setting.with.is_null())
      throw Error(errors::unknown_key,
                  fmt::format("rule '{}' has parameters for one path", printable(setting.rule)),
                  "only a severity, or off, may depend on the path", setting.place);
  return path;
}

CustomRule read_custom(const Value& value) {
  Reader reader(value, "a rule of 'custom'");
  CustomRule rule;
  rule.place = value.place;
  const Value& id = reader.required("id");
  rule.id = as_text(id, "'id' of the rule");
  rule.place = id.place;
  const std::size_t dot = rule.id.find('.');
  const bool well_formed =
      dot != std::string::npos && dot > 0 && dot + 1 < rule.id.size() &&
      rule.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string::npos &&
      rule.id.find('.', dot + 1) == std::string::npos;
  if (!well_formed)
    throw Error(errors::out_of_range, fmt::format("the id '{}' is no rule's", printable(rule.id)),
                "write it as team.rule, with a-z, 0-9 and _", rule.place);
  rule.category = reader.text("category").value_or(rule.id.substr(0, dot));
  rule.severity = reader.choice("severity", std::span(severities).subspan(1)).value_or("warning");
  const Value& kind = reader.required("for");
  rule.for_kind = as_text(kind, "'for' of the rule");
  rule.kind_place = kind.place;
  if (const Value* where = reader.value("where")) rule.where = *where;
  rule.require = reader.required("require");
  const Value& message = reader.required("message");
  rule.message = as_text(message, "'message' of the rule");
  rule.message_place = message.place;
  if (const Value* suggestion = reader.value("suggestion"))
    rule.suggestion_place = suggestion->place;
  rule.summary = reader.text("summary").value_or(rule.message);
  rule.suggestion = reader.text("suggestion").value_or("");
  reader.finish();
  return rule;
}

}  // namespace

Linting read_linting(const Value& section) {
  Linting linting;
  Reader reader(section, "linting");
  if (const Value* rules = reader.value("rules"))
    linting.rules = read_settings(*rules, reader.name_of("rules"));
  if (const Value* paths = reader.value("paths"))
    for (const auto& [pattern, rules] : as_map(*paths, reader.name_of("paths")))
      linting.paths.push_back(read_path(pattern, rules));
  if (const Value* custom = reader.value("custom"))
    for (const Value& one : as_list(*custom, reader.name_of("custom")))
      linting.custom.push_back(read_custom(one));
  if (const Value* suppressions = reader.value("suppressions")) {
    Reader inner(*suppressions, "'suppressions' of linting");
    linting.require_reason = inner.boolean("require_reason").value_or(false);
    inner.finish();
  }
  linting.baseline = reader.text("baseline").value_or("");
  reader.finish();
  return linting;
}

}  // namespace host::config
