// SPDX-License-Identifier: MIT
// The actions of this plugin, a file each.
#pragma once

#include <confiture/plugin.hpp>

#include "plugins/action_common/phases.hpp"

namespace notify {

inline constexpr confiture::ActionFlag to_the_world =
    confiture::ActionFlag::outside | confiture::ActionFlag::writes;

confiture::ActionExtension webhook_action();
confiture::ActionExtension slack_action();
confiture::ActionExtension teams_action();
confiture::ActionExtension email_action();
confiture::ActionExtension postgres_action();

}  // namespace notify
