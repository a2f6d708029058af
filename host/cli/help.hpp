// SPDX-License-Identifier: MIT
// Help printed from the table of commands.
#pragma once

#include <string>

#include "host/cli/command.hpp"

namespace host::cli {

std::string program_help();
std::string group_help(std::string_view group);  // "migrate"
std::string command_help(const Command& command);

}  // namespace host::cli
