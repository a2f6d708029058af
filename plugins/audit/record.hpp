// SPDX-License-Identifier: MIT
// The action of this plugin.
#pragma once

#include <confiture/plugin.hpp>

namespace audit {

confiture::ActionExtension record_action();

}  // namespace audit
