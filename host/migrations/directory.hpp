// SPDX-License-Identifier: MIT
// The migrations of a project as they lie in its folder: VERSION_NAME.up.sql with, where there is a
// way back, VERSION_NAME.down.sql. Read, not parsed: a file that was applied long ago is only
// hashed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "host/migrations/version.hpp"

namespace host::migrations {

struct File {
  std::string shown_as;  // relative to the project, for messages
  std::string text;
  std::string checksum;  // sha256 of its bytes, in hexadecimal
};

struct Migration {
  Version version;
  std::string name;
  File up;
  std::optional<File> down;

  std::string key() const { return version.text() + "_" + name; }
};

struct Directory {
  std::string shown_as;
  std::vector<Migration> migrations;  // by version
  std::vector<std::string> warnings;

  const Migration* find(const Version& version) const;
};

// Throws migration.bad_name for a .sql file that is no migration (it would never run),
// migration.duplicate for two of one version, migration.no_up_file for a way back from nothing. A
// folder that is not there is empty, with a warning. Other files are none of its business.
Directory read_directory(const std::filesystem::path& folder,
                         const std::filesystem::path& project_root);

}  // namespace host::migrations
