// SPDX-License-Identifier: MIT
#include "host/migrations/directory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <thread>

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
  const auto before = [](const Migration& a, const Migration& b) {
    return a.version != b.version ? a.version < b.version : a.up.shown_as < b.up.shown_as;
  };
  // By name they come, and mostly that is the order of the versions, too.
  if (!std::is_sorted(all.begin(), all.end(), before)) std::sort(all.begin(), all.end(), before);
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

void load(std::vector<File*>::const_iterator begin, std::vector<File*>::const_iterator end) {
  for (; begin != end; ++begin) {
    File& file = **begin;
    file.text = read_file(file.path);
    file.checksum = sha256_hex(file.text);
  }
}

// Some threads at once where they are many: to open a file takes longest. Throws what the first
// file threw that cannot be read.
void load(const std::vector<File*>& files) {
  constexpr std::size_t worth_a_thread = 500, most_threads = 4;
  const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
  const std::size_t parts = std::min({cores, most_threads, 1 + files.size() / worth_a_thread});
  const auto at = [&](std::size_t part) {
    return files.begin() + static_cast<std::ptrdiff_t>(files.size() * part / parts);
  };
  std::vector<std::future<void>> others;
  for (std::size_t part = 1; part < parts; ++part)
    others.push_back(std::async(std::launch::async,
                                [begin = at(part), end = at(part + 1)] { load(begin, end); }));
  load(at(0), at(1));
  for (std::future<void>& other : others) other.get();
}

void finish(Directory& directory, const Variables& values, Extent extent) {
  const auto variables = std::make_shared<const Variables>(values);
  std::vector<File*> unread;
  const auto take = [&](File& file, bool wanted) {
    file.variables = variables;
    if (wanted && !file.path.empty()) unread.push_back(&file);
  };
  for (Migration& migration : directory.migrations) {
    take(migration.up, true);
    if (migration.down) take(*migration.down, extent == Extent::everything);
    if (migration.verify) take(*migration.verify, extent == Extent::everything);
  }
  load(unread);
  for (Migration& migration : directory.migrations)
    if (migration.repeatable()) hash_values(migration.up);
}

}  // namespace

const Migration* Directory::find(const Version& version) const {
  return find_version(migrations, version);
}

std::optional<std::string> Directory::notice() const {
  if (!detected || layout == config::Layout::confiture) return std::nullopt;
  return fmt::format("reading '{}' as {}'s layout", shown_as, config::to_string(layout));
}

Directory read_directory(const config::Project& project, const config::Environment& environment,
                         Extent extent) {
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
  finish(directory, environment.variables, extent);
  return directory;
}

}  // namespace host::migrations
