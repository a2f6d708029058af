// SPDX-License-Identifier: MIT
// The strategies of this plugin, each defined in the file of its name.
#pragma once

#include <confiture/plugin.hpp>

namespace plugins::finance {

confiture::StrategyExtension account_strategy();
confiture::StrategyExtension amount_strategy();
confiture::StrategyExtension card_strategy();
confiture::StrategyExtension iban_strategy();

}  // namespace plugins::finance
