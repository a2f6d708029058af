// SPDX-License-Identifier: MIT
#include <fmt/format.h>

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

}  // namespace

Linting read_linting(const Value& section) {
  Linting linting;
  Reader reader(section, "linting");
  if (const Value* rules = reader.value("rules"))
    for (const auto& [name, setting] : as_map(*rules, reader.name_of("rules")))
      linting.rules.push_back(read_setting(name, setting));
  reader.finish();
  return linting;
}

}  // namespace host::config
