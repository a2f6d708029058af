// SPDX-License-Identifier: MIT
// The action of this plugin.
#pragma once

#include <confiture/plugin.hpp>

namespace backup {

confiture::ActionExtension dump_action();

}  // namespace backup
