// SPDX-License-Identifier: MIT
// The strategies of this plugin, each defined in the file of its name.
#pragma once

#include <confiture/plugin.hpp>

namespace plugins::text {

confiture::StrategyExtension lorem_strategy();
confiture::StrategyExtension lower_strategy();
confiture::StrategyExtension redact_strategy();
confiture::StrategyExtension trim_strategy();

}  // namespace plugins::text
