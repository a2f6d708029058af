// SPDX-License-Identifier: MIT
// Hooks as configured, resolved: which action runs in which phase, with checked parameters and in
// which order.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/parameters.hpp"
#include "host/config/project.hpp"
#include "host/extensions/registry.hpp"
#include "host/hooks/phase.hpp"

namespace host::hooks {

struct Hook {
  Phase phase = 0;
  const extensions::Extension* action = nullptr;  // lives with the Registry
  std::string name;
  config::Parameters parameters;
  std::vector<std::string> environments;  // empty: all
  std::string migrations = "*";           // glob on VERSION_NAME
  config::HookCondition when;
  config::OnError on_error = config::OnError::abort;
  std::chrono::milliseconds timeout{30'000};  // 0: none
  Place place;                                // of the action's name; unknown where it bound itself
  bool bound_itself = false;  // by CONFITURE_ACTION_BINDS_ITSELF, not by the configuration

  // Talks to the world: kept out of transactions.
  bool outside() const;
  // Changes something: not run in a dry run.
  bool writes() const;
};

std::string_view to_string(config::OnError on_error);  // "abort"

// The hooks of one environment: by phase, within a phase in the file's order, and after those the
// actions that bind themselves, unless the file binds the same action to the same phase. All
// bindings are checked, those of other environments too: throws config.unknown_action,
// hooks.wrong_phase, or what check_parameters throws.
std::vector<Hook> bind_hooks(const config::Project& project, const extensions::Registry& registry,
                             const std::string& environment);

}  // namespace host::hooks
