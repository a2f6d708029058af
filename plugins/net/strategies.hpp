// SPDX-License-Identifier: MIT
// The strategies of this plugin, each defined in the file of its name.
#pragma once

#include <confiture/plugin.hpp>

namespace plugins::net {

confiture::StrategyExtension hostname_strategy();
confiture::StrategyExtension ipv4_strategy();
confiture::StrategyExtension ipv6_strategy();
confiture::StrategyExtension mac_strategy();
confiture::StrategyExtension url_strategy();
confiture::StrategyExtension user_agent_strategy();

}  // namespace plugins::net
