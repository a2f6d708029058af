// SPDX-License-Identifier: MIT
// The table of layouts, and what they share.
#include <dirent.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/migrations/errors.hpp"
#include "host/migrations/paired_files.hpp"

namespace host::migrations {

namespace fs = std::filesystem;

extern const Layout confiture_layout, dbmate_layout, goose_layout, golang_migrate_layout,
    flyway_layout, diesel_layout;

const std::vector<const Layout*>& layouts() {
  static const std::vector<const Layout*> table{&confiture_layout, &dbmate_layout,
                                                &goose_layout,     &golang_migrate_layout,
                                                &flyway_layout,    &diesel_layout};
  return table;
}

const Layout& layout(config::Layout id) {
  return **std::find_if(layouts().begin(), layouts().end(),
                        [&](const Layout* each) { return each->id == id; });
}

std::string_view Entry::file_name() const {
  return std::string_view(name).substr(name.rfind('/') + 1);  // npos + 1 is 0
}

std::string Entry::text() const {
  return read_file(path);
}

// The files below the folder, `prefix` before each. Folders that are links are not entered. By
// hand: std::filesystem's iterators take three times as long where there are thousands.
static void add_names(const fs::path& folder, const std::string& prefix,
                      std::vector<std::string>& names) {
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::opendir(folder.c_str()), ::closedir);
  const auto refuse = [&] {
    throw Error(host::errors::file_not_readable,
                fmt::format("cannot read '{}': {}", folder.string(), std::strerror(errno)));
  };
  if (!stream) refuse();
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(stream.get());
    if (entry == nullptr) {
      if (errno != 0) refuse();  // half a folder is not what is pending
      return;
    }
    if (entry->d_name[0] == '.') continue;
    std::string name = prefix + entry->d_name;
    if (entry->d_type == DT_REG) {
      names.push_back(std::move(name));
      continue;
    }
    const fs::path path = folder / entry->d_name;
    if (!fs::is_directory(path)) {
      names.push_back(std::move(name));
    } else if (!fs::is_symlink(path)) {
      add_names(path, name + "/", names);
    }
  }
}

std::vector<Entry> list_entries(const fs::path& folder, const fs::path& project_root) {
  std::vector<std::string> names;
  add_names(folder, "", names);
  std::sort(names.begin(), names.end());
  std::vector<Entry> entries;
  entries.reserve(names.size());
  const std::string in_folder = folder.native() + "/";
  const std::string shown_in_folder = display_path(folder, project_root) + "/";
  for (std::string& name : names) {
    std::string path = in_folder + name, shown_as = shown_in_folder + name;
    entries.push_back({std::move(path), std::move(name), std::move(shown_as)});
  }
  return entries;
}

config::Layout detect_layout(const std::vector<Entry>& entries, const std::string& folder) {
  std::vector<std::string> shown;
  std::optional<config::Layout> only;
  for (const Layout* each : layouts()) {
    const auto claimed = std::find_if(entries.begin(), entries.end(), each->claims);
    if (claimed == entries.end()) continue;
    shown.push_back(fmt::format("{} ('{}')", config::to_string(each->id), claimed->name));
    only = each->id;
  }
  if (shown.size() > 1)
    throw Error(
        errors::ambiguous_layout,
        fmt::format("'{}' holds files of more than one layout: {}", folder, join_words(shown)),
        "name the one to read, 'layout: NAME', in db/environments/ENVIRONMENT.yaml",
        Place{folder, 0, 0});
  if (only == config::Layout::confiture && seems_golang_migrate(entries))
    return config::Layout::golang_migrate;
  return only.value_or(config::Layout::confiture);
}

File whole_file(const Entry& entry, config::Layout layout) {
  File file;
  file.shown_as = entry.shown_as;
  file.path = entry.path;
  file.layout = layout;
  return file;
}

std::optional<std::pair<Version, std::string>> split_stem(std::string_view stem) {
  const std::size_t end = std::min(stem.find_first_not_of("0123456789"), stem.size());
  const std::optional<Version> version = Version::parse(stem.substr(0, end));
  if (!version || end + 1 >= stem.size() || stem[end] != '_') return std::nullopt;
  return std::pair(*version, std::string(stem.substr(end + 1)));
}

std::string stray(const Entry& entry, config::Layout layout) {
  return fmt::format("'{}' is no migration in {}'s layout: it does not run", entry.shown_as,
                     config::to_string(layout));
}

std::string stem_of(const Version& version, const std::string& name) {
  return version.text() + "_" + name;
}

}  // namespace host::migrations
