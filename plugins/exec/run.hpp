// SPDX-License-Identifier: MIT
// The action of this plugin.
#pragma once

#include <confiture/plugin.hpp>

namespace exec {

confiture::ActionExtension run_action();

}  // namespace exec
