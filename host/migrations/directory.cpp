// SPDX-License-Identifier: MIT
#include "host/migrations/directory.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/file.hpp"
#include "host/foundation/hash.hpp"
#include "host/foundation/text.hpp"
#include "host/migrations/errors.hpp"
#include "host/migrations/layout.hpp"
#include "host/migrations/variables.hpp"

namespace host::migrations {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse_duplicate(const File& file, const File& other, const Version& version) {
  if (version.is_repeatable())
    throw Error(errors::duplicate,
                fmt::format("'{}' and '{}' have the same name", other.shown_as, file.shown_as),
                "give one of them another name", Place{file.shown_as, 0, 0});
  throw Error(errors::duplicate,
              fmt::format("'{}' and '{}' have the same version {}", other.shown_as, file.shown_as,
                          version.number()),
              "give one of them another version", Place{file.shown_as, 0, 0});
}

void sort_migrations(std::vector<Migration>& all) {
  std::sort(all.begin(), all.end(), [](const Migration& a, const Migration& b) {
    return a.version != b.version ? a.version < b.version : a.up.shown_as < b.up.shown_as;
  });
  const auto twice = std::adjacent_find(
      all.begin(), all.end(),
      [](const Migration& a, const Migration& b) { return a.version == b.version; });
  if (twice != all.end()) refuse_duplicate((twice + 1)->up, twice->up, twice->version);
}

// By iterator, for a list that is const or not.
template <typename List>
auto find_version(List& all, const Version& version) {
  const auto found = std::lower_bound(
      all.begin(), all.end(), version,
      [](const Migration& migration, const Version& wanted) { return migration.version < wanted; });
  return found == all.end() || found->version != version ? nullptr : &*found;
}

// Gives each way back, and what verifies, to its migration.
void attach(std::vector<Migration>& all, std::vector<Attached> attached) {
  for (Attached& each : attached) {
    Migration* migration = find_version(all, each.version);
    std::optional<File>* place = migration != nullptr ? &(migration->*each.place) : nullptr;
    if (place != nullptr && *place) refuse_duplicate(each.file, **place, each.version);
    if (place == nullptr || (!each.name.empty() && each.name != migration->name))
      throw Error(errors::no_up_file, fmt::format("'{}' has no way up", each.file.shown_as),
                  migration != nullptr ? fmt::format("name it after '{}'", migration->up.shown_as)
                                       : "write the migration that it belongs to, or remove it",
                  Place{each.file.shown_as, 0, 0});
    *place = std::move(each.file);
  }
}

// A repeatable migration runs again also when a value that it uses changes.
void hash_values(File& file) {
  const std::string values = values_used(file);
  if (!values.empty()) file.checksum = sha256_hex(file.checksum + "\n" + values);
}

void finish(Directory& directory, const Variables& values) {
  const auto variables = std::make_shared<const Variables>(values);
  for (Migration& migration : directory.migrations) {
    migration.up.variables = variables;
    if (migration.down) migration.down->variables = variables;
    if (migration.verify) migration.verify->variables = variables;
    if (migration.repeatable()) hash_values(migration.up);
  }
}

}  // namespace

const Migration* Directory::find(const Version& version) const {
  return find_version(migrations, version);
}

std::optional<std::string> Directory::notice() const {
  if (!detected || layout == config::Layout::confiture) return std::nullopt;
  return fmt::format("reading '{}' as {}'s layout", shown_as, config::to_string(layout));
}

Directory read_directory(const config::Project& project, const config::Environment& environment) {
  const fs::path folder = project.migrations_dir();
  Directory directory;
  directory.shown_as = display_path(folder, project.root);
  if (environment.layout) directory.layout = *environment.layout;
  if (!fs::is_directory(folder)) {
    directory.warnings.push_back(fmt::format("there is no folder '{}'", directory.shown_as));
    return directory;
  }
  const std::vector<Entry> entries = list_entries(folder, project.root);
  if (!environment.layout) {
    directory.layout = detect_layout(entries, directory.shown_as);
    directory.detected = true;
  }
  Found found = layout(directory.layout).read(entries);
  directory.migrations = std::move(found.migrations);
  directory.warnings = std::move(found.warnings);
  sort_migrations(directory.migrations);
  attach(directory.migrations, std::move(found.attached));
  finish(directory, environment.variables);
  return directory;
}

}  // namespace host::migrations
