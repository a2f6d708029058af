// SPDX-License-Identifier: MIT
// The strategies of this plugin, each defined in the file of its name.
#pragma once

#include <confiture/plugin.hpp>

#pragma GCC visibility push(hidden)
namespace person {

confiture::StrategyExtension email_strategy();
confiture::StrategyExtension phone_strategy();

}  // namespace person
#pragma GCC visibility pop
