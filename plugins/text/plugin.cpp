// SPDX-License-Identifier: MIT
// Strategies for free text.
#include "plugins/text/strategies.hpp"

CONFITURE_PLUGIN("text", "1.0.0", "Strategies for free text", confiture::vendor("confiture"),
                 plugins::text::lorem_strategy(), plugins::text::lower_strategy(),
                 plugins::text::redact_strategy(), plugins::text::trim_strategy())
