// SPDX-License-Identifier: MIT
// Stopping what is asked for by the wrong one, in the wrong place or at the wrong time.
#include "plugins/guard/actions.hpp"

CONFITURE_PLUGIN("guard", "1.0.0", "Hooks that say no", confiture::vendor("confiture"),
                 guard::environment_action(), guard::lint_action(), guard::require_role_action(),
                 guard::window_action())
