// SPDX-License-Identifier: MIT
// The strategies of this plugin, each defined in the file of its name.
#pragma once

#include <confiture/plugin.hpp>

namespace plugins::privacy {

confiture::StrategyExtension generalize_strategy();
confiture::StrategyExtension laplace_strategy();

}  // namespace plugins::privacy
