// SPDX-License-Identifier: MIT
// The strategies of this plugin, each defined in the file of its name.
#pragma once

#include <confiture/plugin.hpp>

namespace plugins::fpe {

confiture::StrategyExtension digits_strategy();
confiture::StrategyExtension integer_strategy();
confiture::StrategyExtension text_strategy();

}  // namespace plugins::fpe
