// SPDX-License-Identifier: MIT
// Names in messages.
#pragma once

#include <string>
#include <vector>

namespace guard {

// "'a'", "'a' or 'b'", "'a', 'b' or 'c'".
std::string quoted_choice(const std::vector<std::string>& names);

}  // namespace guard
