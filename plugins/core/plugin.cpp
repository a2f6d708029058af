// SPDX-License-Identifier: MIT
// Strategies for values of any meaning.
#include "plugins/core/strategies.hpp"

CONFITURE_PLUGIN("core", "1.0.0", "Strategies for values of any meaning",
                 confiture::vendor("confiture"), core::choice_strategy(), core::constant_strategy(),
                 core::hash_strategy(), core::keep_strategy(), core::mask_strategy(),
                 core::null_strategy(), core::redact_strategy(), core::regex_strategy(),
                 core::sequence_strategy(), core::shuffle_strategy(), core::truncate_strategy(),
                 core::uuid_strategy())
