// SPDX-License-Identifier: MIT
// The strategies of this plugin, each defined in the file of its name.
#pragma once

#include <confiture/plugin.hpp>

#pragma GCC visibility push(hidden)
namespace person {

confiture::StrategyExtension city_strategy();
confiture::StrategyExtension date_of_birth_strategy();
confiture::StrategyExtension email_strategy();
confiture::StrategyExtension first_name_strategy();
confiture::StrategyExtension gender_strategy();
confiture::StrategyExtension last_name_strategy();
confiture::StrategyExtension name_strategy();
confiture::StrategyExtension national_id_strategy();
confiture::StrategyExtension phone_strategy();
confiture::StrategyExtension postcode_strategy();
confiture::StrategyExtension street_strategy();
confiture::StrategyExtension username_strategy();

}  // namespace person
#pragma GCC visibility pop
