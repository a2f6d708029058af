// SPDX-License-Identifier: MIT
// An event in words, for people.
#pragma once

#include <confiture/plugin.hpp>

#include <string>
#include <utility>
#include <vector>

namespace notify {

// "production: migration 0002_orders applied", "production: 3 migrations failed",
// "production: a plan is due soon".
std::string headline(const confiture::Event& event);

// What else is known of it, as names and values: database, phase, duration, rows, risk, error, and where the
// audit of the database ends now.
std::vector<std::pair<std::string, std::string>> facts(const confiture::Event& event,
                                                       const confiture::Context& context);

}  // namespace notify
