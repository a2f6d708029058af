// SPDX-License-Identifier: MIT
// The actions of this plugin, a file each.
#pragma once

#include <confiture/plugin.hpp>

namespace guard {

confiture::ActionExtension environment_action();
confiture::ActionExtension lint_action();
confiture::ActionExtension require_role_action();
confiture::ActionExtension window_action();

}  // namespace guard
