// SPDX-License-Identifier: MIT
// Strategies for money and where it is kept.
#include "plugins/finance/strategies.hpp"

CONFITURE_PLUGIN("finance", "1.0.0", "Strategies for cards, accounts and amounts",
                 confiture::vendor("confiture"), plugins::finance::account_strategy(),
                 plugins::finance::amount_strategy(), plugins::finance::card_strategy(),
                 plugins::finance::iban_strategy())
