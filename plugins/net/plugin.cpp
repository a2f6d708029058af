// SPDX-License-Identifier: MIT
// Strategies for what computers on a network are called.
#include "plugins/net/strategies.hpp"

CONFITURE_PLUGIN("net", "1.0.0", "Strategies for addresses and names on a network",
                 confiture::vendor("confiture"), plugins::net::hostname_strategy(),
                 plugins::net::ipv4_strategy(), plugins::net::ipv6_strategy(),
                 plugins::net::mac_strategy(), plugins::net::url_strategy(),
                 plugins::net::user_agent_strategy())
