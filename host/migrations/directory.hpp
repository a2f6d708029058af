// SPDX-License-Identifier: MIT
// The migrations of a project as they lie in its folder, in one of the layouts that confiture reads
// (docs/layouts.md). Read, not parsed: a file that was applied long ago is only hashed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/environment.hpp"
#include "host/config/layout.hpp"
#include "host/config/project.hpp"
#include "host/migrations/version.hpp"

namespace host::migrations {

using Variables = std::map<std::string, std::string>;

// Where a file says whether it runs in one transaction.
enum class TransactionRule {
  header,    // in its header comment alone
  off,       // its layout switched the transaction off
  detected,  // nowhere: a statement that cannot run in one switches it off
};

// Where ${name} stands for the value of a variable.
enum class VariableRule {
  header,      // where its header comment says so
  everywhere,  // in all of the file but its comments
  nowhere,
  regions,  // in File::regions, comments included, with the forms that goose knows
};

struct Region {
  std::uint64_t offset = 0, end_offset = 0;  // in File::text
};

struct File {
  std::string shown_as;  // relative to the project, for messages
  std::string path;      // where its text is read from; empty where it is a part of a file
  // The file, as long as it is: what does not belong to this direction is blank, so that every
  // place in it is a place in the file.
  std::string text;
  std::string checksum;  // sha256, in hexadecimal, of the bytes that belong to this direction
  config::Layout layout = config::Layout::confiture;
  TransactionRule transaction = TransactionRule::header;
  VariableRule substitution = VariableRule::header;
  std::vector<Region> regions;
  std::shared_ptr<const Variables> variables;  // of the environment; never null once read
};

struct Migration {
  Version version;
  std::string name;
  File up;
  std::optional<File> down;
  std::optional<File> verify;  // VERSION_NAME.verify.sql, in confiture's own layout
  std::string way_back;        // where a `down` stands, or would: "'db/migrations/0001_a.down.sql'"

  bool repeatable() const { return version.is_repeatable(); }
  std::string key() const { return name.empty() ? version.text() : version.text() + "_" + name; }
};

struct Directory {
  std::string shown_as;
  config::Layout layout = config::Layout::confiture;
  bool detected = false;              // the layout is not in the environment but read off the files
  std::vector<Migration> migrations;  // by version; the repeatable ones last, by name
  std::vector<std::string> warnings;

  const Migration* find(const Version& version) const;
  // What to say before anything else where another layout than confiture's own was detected.
  std::optional<std::string> notice() const;
};

// What is read of the files. To compare what is there with what is applied, the ways up are enough:
// of a file that holds only a way back or a check, text and checksum are then empty.
enum class Extent { everything, ways_up };

// Reads the project's folder of migrations in the environment's layout, or in the one that its
// files show. Throws migration.ambiguous_layout where they show several, migration.bad_name for a
// .sql file in confiture's own layout that is no migration (it would never run; elsewhere that is a
// warning), migration.duplicate for two of one version, migration.no_up_file for a way back from
// nothing, migration.bad_section for markers of dbmate or goose that make no sense. A folder that
// is not there is empty, with a warning. Files that are no SQL are none of its business.
Directory read_directory(const config::Project& project, const config::Environment& environment,
                         Extent extent = Extent::everything);

}  // namespace host::migrations
