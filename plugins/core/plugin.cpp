// SPDX-License-Identifier: MIT
// Strategies for values of any meaning.
#include "plugins/core/strategies.hpp"

CONFITURE_PLUGIN("core", "1.0.0", "Strategies for values of any meaning",
                 confiture::vendor("confiture"), core::hash_strategy(), core::null_strategy(),
                 core::redact_strategy())
