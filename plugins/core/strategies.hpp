// SPDX-License-Identifier: MIT
// The strategies of this plugin, each defined in the file of its name.
#pragma once

#include <confiture/plugin.hpp>

#pragma GCC visibility push(hidden)
namespace core {

confiture::StrategyExtension choice_strategy();
confiture::StrategyExtension constant_strategy();
confiture::StrategyExtension hash_strategy();
confiture::StrategyExtension keep_strategy();
confiture::StrategyExtension mask_strategy();
confiture::StrategyExtension null_strategy();
confiture::StrategyExtension redact_strategy();
confiture::StrategyExtension regex_strategy();
confiture::StrategyExtension sequence_strategy();
confiture::StrategyExtension shuffle_strategy();
confiture::StrategyExtension truncate_strategy();
confiture::StrategyExtension uuid_strategy();

}  // namespace core
#pragma GCC visibility pop
