// SPDX-License-Identifier: MIT
// Format-preserving encryption: values of the same form, one-to-one.
#include "plugins/fpe/strategies.hpp"

CONFITURE_PLUGIN("fpe", "1.0.0", "Format-preserving encryption (FF1), one-to-one under the key",
                 confiture::vendor("confiture"), plugins::fpe::digits_strategy(),
                 plugins::fpe::integer_strategy(), plugins::fpe::text_strategy())
