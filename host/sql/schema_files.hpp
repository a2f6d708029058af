// SPDX-License-Identifier: MIT
// The files of db/schema that make an environment's schema, in the order in which they are run:
// one answer for build, lint and whoever else reads the schema.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/config/environment.hpp"
#include "host/config/project.hpp"

namespace host::sql {

struct SchemaFile {
  std::filesystem::path path;  // absolute
  std::string name;            // "db/schema/10_tables/users.sql", for messages
};

// The files below db/schema that an include pattern of the environment matches and no
// exclude pattern does, sorted by the bytes of their path. Patterns are relative to db/schema.
// Names that begin with a dot are left out, and folders that are symbolic links are not entered.
// Throws file.not_found where there is no db/schema.
std::vector<SchemaFile> schema_files(const config::Project& project,
                                     const config::Environment& environment);

}  // namespace host::sql
