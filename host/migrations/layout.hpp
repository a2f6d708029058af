// SPDX-License-Identifier: MIT
// What one tool's way of laying out migrations is to confiture: which files it claims, how they are
// read, and what a new one looks like. One file a layout, layout_NAME.cpp; layouts.cpp lists them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/migrations/directory.hpp"

namespace host::migrations {

// A file of the folder; names that begin with a dot are never seen.
struct Entry {
  std::string path;
  std::string name;      // relative to the folder: "0001_a.up.sql", "2020-01-01-000000_a/up.sql"
  std::string shown_as;  // relative to the project

  std::string_view file_name() const;  // behind the last '/'
  bool in_subfolder() const { return name.find('/') != std::string::npos; }
  bool is_sql() const { return name.ends_with(".sql"); }
  std::string text() const;  // reads it
};

// A file that belongs to a migration beside the one that it begins with.
struct Attached {
  Version version;
  std::string name;  // empty: whatever name its migration has
  File file;
  std::optional<File> Migration::*place = &Migration::down;
};

// What a layout makes of the files: migrations in any order, and what belongs to them.
struct Found {
  std::vector<Migration> migrations;
  std::vector<Attached> attached;
  std::vector<std::string> warnings;
};

struct Layout {
  config::Layout id;
  // Whether the file could belong to no other layout than this (confiture's own and
  // golang-migrate's names are the same: there only confiture's own answers).
  bool (*claims)(const Entry& entry);
  Found (*read)(const std::vector<Entry>& entries);
  // What switches the transaction off, to complete "put it in a migration of its own, with ".
  std::string_view switch_off;
  // A new, empty migration: the files to write, their names relative to the folder.
  std::vector<std::pair<std::string, std::string>> (*create)(const Version& version,
                                                             const std::string& name);
};

const Layout& layout(config::Layout id);
const std::vector<const Layout*>& layouts();

// Every file below the folder, sorted by name.
std::vector<Entry> list_entries(const std::filesystem::path& folder,
                                const std::filesystem::path& project_root);
// The layout that the files show; confiture's own where they show none. Throws
// migration.ambiguous_layout.
config::Layout detect_layout(const std::vector<Entry>& entries, const std::string& folder);

// A whole file, as most layouts have them. Not read yet: read_directory() does that.
File whole_file(const Entry& entry, config::Layout layout);
// "0042_add_users" as its version and its name; nothing unless it begins with digits and an
// underscore follows.
std::optional<std::pair<Version, std::string>> split_stem(std::string_view stem);
// "'db/migrations/x.sql' is no migration of dbmate and does not run".
std::string stray(const Entry& entry, config::Layout layout);
// The names of new files where the version is followed by an underscore: "0042_add_users".
std::string stem_of(const Version& version, const std::string& name);

}  // namespace host::migrations
