// SPDX-License-Identifier: MIT
// The table of layouts, and what they share.
#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/file.hpp"
#include "host/foundation/hash.hpp"
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

std::vector<Entry> list_entries(const fs::path& folder, const fs::path& project_root) {
  std::vector<Entry> entries;
  const std::string shown_folder = display_path(folder, project_root);
  for (fs::recursive_directory_iterator at(folder), end; at != end; ++at) {
    if (at->path().filename().native().starts_with('.')) {
      if (at->is_directory()) at.disable_recursion_pending();
    } else if (!at->is_directory()) {
      std::string name = at->path().native().substr(folder.native().size() + 1);
      std::string shown_as = shown_folder + "/" + name;
      entries.push_back({at->path(), std::move(name), std::move(shown_as)});
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.name < b.name; });
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

File load_file(const Entry& entry, config::Layout layout) {
  File file;
  file.shown_as = entry.shown_as;
  file.text = entry.text();
  file.checksum = sha256_hex(file.text);
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
