// SPDX-License-Identifier: MIT
// Strategies that leave data useful in the mass and say less of each person.
#include "plugins/privacy/strategies.hpp"

CONFITURE_PLUGIN("privacy", "1.0.0", "Strategies that blur values: noise and coarser units",
                 confiture::vendor("confiture"), plugins::privacy::generalize_strategy(),
                 plugins::privacy::laplace_strategy())
