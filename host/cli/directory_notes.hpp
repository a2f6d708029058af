// SPDX-License-Identifier: MIT
// What a folder of migrations gives to say before a command does its work with it.
#pragma once

#include "host/cli/output.hpp"
#include "host/migrations/directory.hpp"

namespace host::cli {

// The layout that was detected, as a message, and the warnings.
void show_directory(Output& output, const migrations::Directory& directory);

}  // namespace host::cli
