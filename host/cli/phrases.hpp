// SPDX-License-Identifier: MIT
// Turns of phrase that several commands use.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace host::cli {

// "1 file", "2 files".
std::string counted(std::size_t count, std::string_view noun);

// "a, b, c and 7 more".
std::string first_few(std::span<const std::string> names, std::size_t most = 3);

}  // namespace host::cli
