// SPDX-License-Identifier: MIT
// From argv to a command, its arguments and the global options. Boost.Program_options does the
// splitting; the table of commands says what there is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/cli/output.hpp"

namespace host::cli {

// What every command understands, for the help.
const std::vector<Option>& global_options();

struct Invocation {
  const Command* command = nullptr;  // null with --help or --version alone, or a group's help
  std::string group;                 // "migrate", for the help of a group
  bool help = false, version = false;
  Globals globals;
  Output::Options output;
  Arguments arguments;
};

// Throws usage (exit 2) with the nearest command or option.
Invocation parse_invocation(const std::vector<std::string>& words);

// The output options alone, as far as they can be told from words that do not parse: so that an
// error in them still comes in the format that was asked for.
Output::Options guess_output_options(const std::vector<std::string>& words);

}  // namespace host::cli
