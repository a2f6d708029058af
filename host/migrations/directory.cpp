// SPDX-License-Identifier: MIT
#include "host/migrations/directory.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/file.hpp"
#include "host/foundation/hash.hpp"
#include "host/foundation/text.hpp"
#include "host/migrations/errors.hpp"

namespace host::migrations {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view up_suffix = ".up.sql", down_suffix = ".down.sql";

struct Entry {
  Version version;
  std::string name;
  bool up = true;
  fs::path path;
  std::string shown_as;
};

Entry parse_name(const fs::path& path, const std::string& shown_as) {
  const std::string file = path.filename().string();
  const bool up = file.ends_with(up_suffix), down = file.ends_with(down_suffix);
  const auto refuse = [&](std::string_view why) {
    return Error(errors::bad_name, fmt::format("'{}' {}", file, why),
                 "migrations are named VERSION_NAME.up.sql and VERSION_NAME.down.sql, VERSION in "
                 "digits; move other files out of the folder",
                 Place{shown_as, 0, 0});
  };
  if (!up && !down) throw refuse("ends in neither .up.sql nor .down.sql");
  const std::string_view stem =
      std::string_view(file).substr(0, file.size() - (up ? up_suffix : down_suffix).size());
  const std::size_t underscore = stem.find('_');
  const std::optional<Version> version = Version::parse(stem.substr(0, underscore));
  if (!version) throw refuse("has no version of digits before its first '_'");
  if (underscore == std::string_view::npos || underscore + 1 == stem.size())
    throw refuse("has no name after its version");
  return {*version, std::string(stem.substr(underscore + 1)), up, path, shown_as};
}

File load(const Entry& entry) {
  File file;
  file.shown_as = entry.shown_as;
  file.text = read_file(entry.path);
  file.checksum = sha256_hex(file.text);
  return file;
}

std::vector<Entry> list_entries(const fs::path& folder, const fs::path& root,
                                std::vector<std::string>& warnings) {
  std::vector<Entry> entries;
  for (const fs::directory_entry& item : fs::directory_iterator(folder)) {
    const std::string file = item.path().filename().string();
    if (file.starts_with('.')) continue;
    const std::string shown_as = display_path(item.path(), root);
    if (item.is_directory()) {
      warnings.push_back(fmt::format("the folder '{}' is not read", shown_as));
    } else if (lower_ascii(file).ends_with(".sql")) {
      entries.push_back(parse_name(item.path(), shown_as));
    }
  }
  // By version, the way up before the way down.
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    if (a.version != b.version) return a.version < b.version;
    if (a.up != b.up) return a.up;
    return a.shown_as < b.shown_as;
  });
  return entries;
}

[[noreturn]] void refuse_duplicate(const Entry& entry, const std::string& other) {
  throw Error(errors::duplicate,
              fmt::format("'{}' and '{}' have the same version {}", other, entry.shown_as,
                          entry.version.number()),
              "give one of them another version", Place{entry.shown_as, 0, 0});
}

}  // namespace

const Migration* Directory::find(const Version& version) const {
  const auto found = std::lower_bound(
      migrations.begin(), migrations.end(), version,
      [](const Migration& migration, const Version& wanted) { return migration.version < wanted; });
  return found == migrations.end() || found->version != version ? nullptr : &*found;
}

Directory read_directory(const fs::path& folder, const fs::path& project_root) {
  Directory directory;
  directory.shown_as = display_path(folder, project_root);
  if (!fs::is_directory(folder)) {
    directory.warnings.push_back(fmt::format("there is no folder '{}'", directory.shown_as));
    return directory;
  }
  for (const Entry& entry : list_entries(folder, project_root, directory.warnings)) {
    auto& all = directory.migrations;
    const bool known = !all.empty() && all.back().version == entry.version;
    if (entry.up) {
      if (known) refuse_duplicate(entry, all.back().up.shown_as);
      all.push_back({entry.version, entry.name, load(entry), std::nullopt});
    } else if (known && all.back().down) {
      refuse_duplicate(entry, all.back().down->shown_as);
    } else if (known && all.back().key() == entry.version.text() + "_" + entry.name) {
      all.back().down = load(entry);
    } else {
      throw Error(errors::no_up_file, fmt::format("'{}' has no way up", entry.shown_as),
                  known ? fmt::format("name it after '{}'", all.back().up.shown_as)
                        : fmt::format("write '{}_{}.up.sql', or remove it", entry.version.text(),
                                      entry.name),
                  Place{entry.shown_as, 0, 0});
    }
  }
  return directory;
}

}  // namespace host::migrations
