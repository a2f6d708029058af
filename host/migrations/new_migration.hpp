// SPDX-License-Identifier: MIT
// A new, empty migration: the files that a person starts to write in, in the layout that the folder
// has.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "host/config/environment.hpp"
#include "host/config/project.hpp"
#include "host/migrations/version.hpp"

namespace host::migrations {

struct NewMigration {
  Version version;
  std::string name;
  std::filesystem::path up, down;  // the same where one file holds both
};

// Writes the files. The version is the moment in UTC, yyyymmddhhmmss, or one more than the latest
// there is; in another tool's layout, versions that count up are counted on. Spaces in the name
// become underscores; other than letters, digits, '_' and '-' are refused (usage).
NewMigration create_migration(const config::Project& project,
                              const config::Environment& environment, std::string_view name,
                              std::chrono::system_clock::time_point now);

}  // namespace host::migrations
