// SPDX-License-Identifier: MIT
// Strategies for what identifies a person.
#include "plugins/person/strategies.hpp"

CONFITURE_PLUGIN("person", "1.0.0", "Strategies for what identifies a person",
                 confiture::vendor("confiture"), person::email_strategy(), person::phone_strategy())
