// SPDX-License-Identifier: MIT
// Strategies for what identifies a person.
#include "plugins/person/strategies.hpp"

CONFITURE_PLUGIN("person", "1.0.0", "Strategies for what identifies a person",
                 confiture::vendor("confiture"), person::city_strategy(),
                 person::date_of_birth_strategy(), person::email_strategy(),
                 person::first_name_strategy(), person::gender_strategy(),
                 person::last_name_strategy(), person::name_strategy(),
                 person::national_id_strategy(), person::phone_strategy(),
                 person::postcode_strategy(), person::street_strategy(),
                 person::username_strategy())
