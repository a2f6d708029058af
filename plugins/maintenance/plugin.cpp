// SPDX-License-Identifier: MIT
// Leaving the database in good order.
#include "plugins/maintenance/actions.hpp"

CONFITURE_PLUGIN("maintenance", "1.0.0", "Hooks that leave the database in good order",
                 confiture::vendor("confiture"), maintenance::analyze_action(),
                 maintenance::refresh_action())
