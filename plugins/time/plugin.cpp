// SPDX-License-Identifier: MIT
// Strategies for dates and times.
#include "plugins/time/strategies.hpp"

CONFITURE_PLUGIN("time", "1.0.0", "Strategies for dates and times", confiture::vendor("confiture"),
                 plugins::time::jitter_strategy(), plugins::time::shift_strategy(),
                 plugins::time::truncate_strategy())
