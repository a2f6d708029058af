// SPDX-License-Identifier: MIT
// ${name} in a migration, replaced by the value that the environment has for it. No shell: a value
// is put in as it stands and not looked at again. Comments are left alone, and so is what stands
// between dollar quotes, unless the file's layout or its header asks for that.
#pragma once

#include <string>

#include "host/migrations/directory.hpp"
#include "host/sql/source.hpp"

namespace host::migrations {

enum class VariableUse {
  none,
  outside_bodies,  // -- variables: on
  everywhere,      // -- variables: everywhere; Flyway's files
  regions,         // goose's ENVSUB
};

// The file's text with the values in it, its places still those of the file. Throws
// migration.unknown_variable with the place and the nearest name.
sql::Source replace_variables(const File& file, VariableUse use);

// Names and values of all that a file may use, a line each, sorted: what a hash of it needs beside
// its bytes. Never throws.
std::string values_used(const File& file);

}  // namespace host::migrations
