// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "host/config/errors.hpp"
#include "host/config/phases.hpp"
#include "host/config/reader.hpp"
#include "host/config/sections.hpp"
#include "host/foundation/text.hpp"

namespace host::config {
namespace {

std::vector<std::string> read_environments(Reader& reader, const std::vector<std::string>& known) {
  const Value* value = reader.value("environments");
  std::vector<std::string> names = reader.texts("environments");
  for (std::size_t i = 0; i < names.size(); ++i)
    if (std::find(known.begin(), known.end(), names[i]) == known.end())
      throw Error(errors::unknown_environment,
                  fmt::format("unknown environment '{}'", printable(names[i])),
                  suggest_name(names[i], known),
                  value->kind == Value::Kind::list ? value->items[i].place : value->place);
  return names;
}

OnError read_on_error(Reader& reader) {
  static const std::vector<std::string> known{"abort", "warn", "ignore"};
  const std::string text = reader.choice("on_error", known).value_or("abort");
  return text == "abort" ? OnError::abort : text == "warn" ? OnError::warn : OnError::ignore;
}

// Where nothing is known yet that a condition asks for, it would never hold.
void refuse_condition(std::string_view key, const Value& value, const std::string& phase,
                      std::span<const std::string_view> phases) {
  if (std::find(phases.begin(), phases.end(), phase) == phases.end()) return;
  throw Error(errors::out_of_range, fmt::format("'{}' of 'when' has no meaning in {}", key, phase),
              key == "direction" ? "the phase itself has one direction"
                                 : "no migration is known in that phase",
              value.place);
}

// "a pre_execute hook", as messages name it.
std::string hook_of(const std::string& phase) {
  return fmt::format("{} {} hook", phase[0] == 'o' || phase[0] == 'a' ? "an" : "a", phase);
}

HookCondition read_condition(const Value& value, const std::string& phase) {
  static const std::vector<std::string> directions{"up", "down"};
  static const std::vector<std::string> risks{"low", "medium", "high", "critical"};
  static constexpr std::array<std::string_view, 6> one_way{
      "pre_execute", "post_execute", "pre_rollback", "post_rollback", "pre_sync", "post_sync"};
  static constexpr std::array<std::string_view, 6> no_plan{"pre_validate", "pre_sync",  "post_sync",
                                                           "approved",     "scheduled", "reminder"};
  Reader reader(value, fmt::format("'when' of {}", hook_of(phase)));
  HookCondition when;
  when.direction = reader.choice("direction", directions).value_or("");
  when.risk = reader.choice("risk", risks).value_or("");
  when.statements = reader.texts("statements");
  reader.finish();
  if (const Value* key = value.find("direction"))
    refuse_condition("direction", *key, phase, one_way);
  for (const std::string_view name : {"risk", "statements"})
    if (const Value* key = value.find(name)) refuse_condition(name, *key, phase, no_plan);
  return when;
}

HookBinding read_binding(const Value& value, const std::string& phase,
                         const std::vector<std::string>& environments) {
  Reader reader(value, hook_of(phase));
  HookBinding binding;
  binding.phase = phase;
  const Value& action = reader.required("action");
  binding.action = as_text(action, reader.name_of("action"));
  binding.place = action.place;
  binding.name = reader.text("name").value_or(binding.action);
  if (const Value* with = reader.value("with")) binding.with = *with;
  binding.environments = read_environments(reader, environments);
  binding.migrations = reader.text("migrations").value_or(binding.migrations);
  if (const Value* when = reader.value("when")) binding.when = read_condition(*when, phase);
  binding.on_error = read_on_error(reader);
  binding.timeout = reader.duration("timeout").value_or(binding.timeout);
  reader.finish();
  return binding;
}

}  // namespace

std::vector<HookBinding> read_hooks(const Value& section,
                                    const std::vector<std::string>& environments) {
  std::vector<HookBinding> bindings;
  for (const auto& [phase, items] : as_map(section, "'hooks'")) {
    if (find_phase(phase.text) == nullptr) {
      std::vector<std::string> known;
      for (const Phase& each : phases()) known.emplace_back(each.name);
      throw Error(errors::unknown_phase, fmt::format("unknown phase '{}'", printable(phase.text)),
                  suggest_name(phase.text, known), phase.place);
    }
    for (const Value& item : as_list(items, fmt::format("'{}' of hooks", phase.text)))
      bindings.push_back(read_binding(item, phase.text, environments));
  }
  return bindings;
}

}  // namespace host::config
