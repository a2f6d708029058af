// SPDX-License-Identifier: MIT
#include "host/hooks/binding.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/config/phases.hpp"
#include "host/foundation/text.hpp"
#include "host/hooks/errors.hpp"

namespace host::hooks {
namespace {

using extensions::Extension;
using extensions::Kind;

void check_phase(const Extension& action, const config::Phase& phase, const Place& place) {
  if ((action.action.phases & phase.bit) != 0) return;
  throw Error(
      errors::wrong_phase,
      fmt::format("action '{}' cannot be bound to phase '{}'", action.id, phase.name),
      fmt::format("it may be bound to {}", join_words(phase_names(action.action.phases), "or")),
      place);
}

Hook resolve(const config::HookBinding& binding, const config::Phase& phase,
             const extensions::Registry& registry) {
  const Extension& action = registry.require(Kind::action, binding.action, binding.place);
  check_phase(action, phase, binding.place);
  Hook hook;
  hook.phase = phase.bit;
  hook.action = &action;
  hook.name = binding.name;
  hook.parameters =
      config::check_parameters(binding.with.is_null() ? nullptr : &binding.with, action.parameters,
                               fmt::format("action '{}'", action.id), binding.place);
  hook.environments = binding.environments;
  hook.migrations = binding.migrations;
  hook.when = binding.when;
  hook.on_error = binding.on_error;
  hook.timeout = binding.timeout;
  hook.place = binding.place;
  return hook;
}

// An action that binds itself takes part once its plugin is named, which loading a plugin that is
// not a first-party one requires.
bool binds_itself(const Extension& action) {
  return (action.action.flags & CONFITURE_ACTION_BINDS_ITSELF) != 0 && !action.plugin->first_party;
}

Hook bind_itself(const Extension& action, Phase phase) {
  Hook hook;
  hook.phase = phase;
  hook.action = &action;
  hook.name = action.id;
  hook.parameters = config::check_parameters(nullptr, action.parameters,
                                             fmt::format("action '{}'", action.id), {});
  hook.bound_itself = true;
  return hook;
}

}  // namespace

std::string_view to_string(config::OnError on_error) {
  switch (on_error) {
    case config::OnError::abort:
      return "abort";
    case config::OnError::warn:
      return "warn";
    case config::OnError::ignore:
      return "ignore";
  }
  return "abort";
}

bool Hook::outside() const {
  return (action->action.flags & CONFITURE_ACTION_OUTSIDE) != 0;
}

bool Hook::writes() const {
  return (action->action.flags & CONFITURE_ACTION_WRITES) != 0;
}

std::vector<Hook> bind_hooks(const config::Project& project, const extensions::Registry& registry,
                             const std::string& environment) {
  const std::vector<const Extension*> actions = registry.all(Kind::action);
  std::vector<Hook> hooks;
  for (const config::Phase& phase : config::phases()) {
    std::vector<const Extension*> bound;
    for (const config::HookBinding& binding : project.hooks) {
      if (binding.phase != phase.name) continue;
      Hook hook = resolve(binding, phase, registry);
      bound.push_back(hook.action);
      if (hook.environments.empty() || std::find(hook.environments.begin(), hook.environments.end(),
                                                 environment) != hook.environments.end())
        hooks.push_back(std::move(hook));
    }
    for (const Extension* action : actions)
      if (binds_itself(*action) && (action->action.phases & phase.bit) != 0 &&
          std::find(bound.begin(), bound.end(), action) == bound.end())
        hooks.push_back(bind_itself(*action, phase.bit));
  }
  return hooks;
}

}  // namespace host::hooks
