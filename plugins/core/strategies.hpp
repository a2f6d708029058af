// SPDX-License-Identifier: MIT
// The strategies of this plugin, each defined in the file of its name.
#pragma once

#include <confiture/plugin.hpp>

#pragma GCC visibility push(hidden)
namespace core {

confiture::StrategyExtension hash_strategy();
confiture::StrategyExtension null_strategy();
confiture::StrategyExtension redact_strategy();

}  // namespace core
#pragma GCC visibility pop
