// SPDX-License-Identifier: MIT
// Hooks that are programs.
#include "plugins/exec/run.hpp"

CONFITURE_PLUGIN("exec", "1.0.0", "Hooks that are programs", confiture::vendor("confiture"),
                 exec::run_action())
