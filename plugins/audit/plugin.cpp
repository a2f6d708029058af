// SPDX-License-Identifier: MIT
// Keeping a record of what was done.
#include "plugins/audit/record.hpp"

CONFITURE_PLUGIN("audit", "1.0.0", "Hooks that keep a record", confiture::vendor("confiture"),
                 audit::record_action())
