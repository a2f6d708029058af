// SPDX-License-Identifier: MIT
// The actions of this plugin, a file each.
#pragma once

#include <confiture/plugin.hpp>

namespace maintenance {

// The phases in which something has just been changed.
inline constexpr confiture::Phase after_phases =
    confiture::Phase::post_execute | confiture::Phase::post_rollback |
    confiture::Phase::post_complete | confiture::Phase::post_sync;

confiture::ActionExtension analyze_action();
confiture::ActionExtension refresh_action();

}  // namespace maintenance
