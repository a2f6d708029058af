// SPDX-License-Identifier: MIT
// The strategies of this plugin, each defined in the file of its name.
#pragma once

#include <confiture/plugin.hpp>

namespace plugins::time {

confiture::StrategyExtension jitter_strategy();
confiture::StrategyExtension shift_strategy();
confiture::StrategyExtension truncate_strategy();

}  // namespace plugins::time
