// SPDX-License-Identifier: MIT
// Who may approve what in an environment, as one text: part of what a plan's hash stands on, so
// that an approval does not outlive the rules under which it was given.
#pragma once

#include <string>

#include "host/config/review.hpp"

namespace host::review {

// The environment's rules and everybody who may speak; the same for the same configuration, however
// it is written. Empty where the environment has no policy.
std::string canonical(const config::Review& review, const std::string& environment);

}  // namespace host::review
