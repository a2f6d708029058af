// SPDX-License-Identifier: MIT
// The confiture_host that a plugin gets: one a plugin, since it carries the plugin's grants.
#pragma once

#include <confiture/base.h>

#include "host/extensions/extension.hpp"

namespace host::extensions {

// Lives until the process ends, as the ABI promises, although `plugin` may not: it keeps the id and
// the grants, which are decided by now.
const confiture_host* make_host_table(const Plugin& plugin);

}  // namespace host::extensions
