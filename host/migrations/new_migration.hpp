// SPDX-License-Identifier: MIT
// A new, empty migration: the pair of files that a person starts to write in.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "host/config/project.hpp"
#include "host/migrations/version.hpp"

namespace host::migrations {

struct NewMigration {
  Version version;
  std::string name;
  std::filesystem::path up, down;
};

// Writes both files. The version is the moment in UTC, yyyymmddhhmmss, or one more than the latest
// there is. Spaces in the name become underscores; other than letters, digits, '_' and '-' are
// refused (usage).
NewMigration create_migration(const config::Project& project, std::string_view name,
                              std::chrono::system_clock::time_point now);

}  // namespace host::migrations
