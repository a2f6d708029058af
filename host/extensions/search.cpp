// SPDX-License-Identifier: MIT
#include "host/extensions/search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "host/extensions/errors.hpp"
#include "host/foundation/text.hpp"

namespace host::extensions {
namespace {

namespace fs = std::filesystem;

// "acme" of "confiture-acme.so"; empty for any other name.
std::string id_of(const fs::path& file) {
  constexpr std::string_view prefix = "confiture-", suffix = ".so";
  const std::string name = file.filename().string();
  if (!name.starts_with(prefix) || !name.ends_with(suffix) ||
      name.size() <= prefix.size() + suffix.size())
    return {};
  return name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
}

std::vector<fs::path> list_folder(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none))
    if (!id_of(entry.path()).empty()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

class Search {
 public:
  explicit Search(const SearchPath& path) : path_(path) {}

  SearchResult run() {
    for (const fs::path& file : path_.plugin_files) add_named("--plugin", file, {});
    for (const config::PluginEntry& entry : path_.configured)
      if (entry.id.empty()) add_named("plugins", entry.path, entry.place);
    for (const fs::path& folder : path_.plugin_dirs) look_in(folder, false, false);
    for (const fs::path& folder : path_.environment) look_in(folder, false, false);
    if (path_.built_in.empty()) {
      result_.account.push_back("no folder of first-party plugins beside the program");
    } else {
      look_in(path_.built_in, true, true);
      std::error_code none;
      if (const fs::path optional = path_.built_in / "optional"; fs::is_directory(optional, none))
        look_in(optional, true, false);
    }
    for (const config::PluginEntry& entry : path_.configured) check_found(entry);
    return std::move(result_);
  }

 private:
  const config::PluginEntry* find_entry(const std::string& id) const {
    for (const config::PluginEntry& entry : path_.configured)
      if ((entry.id.empty() ? id_of(entry.path) : entry.id) == id) return &entry;
    return nullptr;
  }

  void add_named(std::string_view by, const fs::path& file, const Place& place) {
    std::error_code none;
    if (!fs::exists(file, none))
      throw Error(errors::not_found, fmt::format("there is no plugin file '{}'", file.string()),
                  nearest_file(file), place);
    const std::string id = id_of(file);
    if (id.empty())
      throw Error(errors::invalid,
                  fmt::format("the name of plugin file '{}' is not confiture-ID.so", file.string()),
                  {}, place);
    add({file, id, find_entry(id), false, place}, fmt::format("{} ({})", file.string(), by));
  }

  static std::string nearest_file(const fs::path& file) {
    std::vector<std::string> names;
    for (const fs::path& there : list_folder(file.parent_path()))
      names.push_back(there.filename().string());
    return suggest_name(file.filename().string(), names);
  }

  // `unasked`: what lies there is loaded whether or not the configuration names it.
  void look_in(const fs::path& folder, bool first_party, bool unasked) {
    std::error_code none;
    if (!fs::is_directory(folder, none)) {
      result_.account.push_back(fmt::format("{}: there is no such folder", folder.string()));
      return;
    }
    const auto files = list_folder(folder);
    if (files.empty())
      result_.account.push_back(fmt::format("{}: holds no confiture-*.so", folder.string()));
    for (const fs::path& file : files) {
      const std::string id = id_of(file);
      const config::PluginEntry* entry = find_entry(id);
      there_.insert(id);
      if (!unasked && entry == nullptr) {
        result_.account.push_back(fmt::format(
            "{}: not loaded, since db/confiture.yaml does not name it (plugins: [{{ id: {} }}])",
            file.string(), id));
        continue;
      }
      add({file, id, entry, first_party, entry != nullptr ? entry->place : Place{}}, file.string());
    }
  }

  void add(Candidate candidate, const std::string& shown) {
    const auto [first, is_new] = seen_.try_emplace(candidate.id, shown);
    if (!is_new) {
      result_.account.push_back(fmt::format("{}: hidden by {}", shown, first->second));
      return;
    }
    result_.account.push_back(fmt::format("{}: loaded", shown));
    result_.candidates.push_back(std::move(candidate));
  }

  // An entry by id is found in one of the folders, or it is an error.
  void check_found(const config::PluginEntry& entry) const {
    if (entry.id.empty() || seen_.contains(entry.id)) return;
    const std::vector<std::string> known(there_.begin(), there_.end());
    std::vector<std::string> lines = result_.account;
    if (const auto nearest = nearest_name(entry.id, known))
      lines.insert(lines.begin(), fmt::format("did you mean '{}'?", *nearest));
    throw Error(errors::not_found,
                fmt::format("there is no plugin '{}' in the plugin folders", printable(entry.id)),
                fmt::format("{}", fmt::join(lines, "\n")), entry.place);
  }

  const SearchPath& path_;
  SearchResult result_;
  std::map<std::string, std::string> seen_;  // plugin id -> its file
  std::set<std::string> there_;              // the ids in the folders, loaded or not
};

// The program's own folder decides, so that a build tree and a relocated install work alike.
fs::path find_built_in() {
  std::error_code none;
  const fs::path program = fs::read_symlink("/proc/self/exe", none);
  const fs::path prefix = program.parent_path().parent_path();
  for (const char* libraries : {"lib", CONFITURE_LIBDIR}) {
    const fs::path folder = prefix / libraries / "confiture" / "plugins";
    if (fs::is_directory(folder, none)) return folder;
  }
  return {};
}

}  // namespace

SearchPath search_path(const config::Project* project, const std::vector<fs::path>& plugin_files,
                       const std::vector<fs::path>& plugin_dirs) {
  SearchPath path;
  // From the command line, and so relative to the working directory.
  for (const fs::path& file : plugin_files)
    path.plugin_files.push_back(fs::absolute(file).lexically_normal());
  for (const fs::path& folder : plugin_dirs)
    path.plugin_dirs.push_back(fs::absolute(folder).lexically_normal());
  if (project != nullptr) {
    path.configured = project->plugins;
    path.plugin_dirs.insert(path.plugin_dirs.end(), project->plugin_dirs.begin(),
                            project->plugin_dirs.end());
  }
  if (const char* variable = ::secure_getenv("CONFITURE_PLUGIN_PATH"))
    for (const std::string& folder : split_text(variable, ':'))
      if (fs::path(folder).is_absolute()) path.environment.emplace_back(folder);
  path.built_in = find_built_in();
  return path;
}

SearchResult find_plugins(const SearchPath& path) {
  return Search(path).run();
}

}  // namespace host::extensions
