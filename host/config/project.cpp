// SPDX-License-Identifier: MIT
#include "host/config/project.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/config/environment.hpp"
#include "host/config/errors.hpp"
#include "host/config/reader.hpp"
#include "host/config/sections.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"

namespace host::config {
namespace {

namespace fs = std::filesystem;

constexpr const char* file_name = "db/confiture.yaml";

std::string read_pin(const Value& value, const std::string& what) {
  const std::string digits = lower_ascii(as_text(value, what));
  if (digits.size() != 64 || digits.find_first_not_of("0123456789abcdef") != digits.npos)
    throw Error(errors::wrong_type, fmt::format("{} must be 64 hexadecimal digits", what),
                "print it with: sha256sum FILE", value.place);
  return digits;
}

PluginEntry read_plugin(const Value& value, const fs::path& folder) {
  static const std::vector<std::string> grants{"db", "secret"};
  Reader reader(value, "a plugin");
  PluginEntry plugin;
  const Value* id = reader.value("id");
  const Value& named = id != nullptr ? *id : reader.required("path");
  plugin.place = named.place;
  if (id != nullptr) {
    plugin.id = as_text(*id, reader.name_of("id"));
    if (value.find("path") != nullptr)
      throw Error(errors::wrong_type, "a plugin has both 'path' and 'id'",
                  "keep `path` for a file, `id` for one of the plugin folders", value.place);
  } else {
    plugin.path = resolve_path(as_text(named, reader.name_of("path")), folder);
  }
  if (const Value* pin = reader.value("sha256"))
    plugin.sha256 = read_pin(*pin, reader.name_of("sha256"));
  plugin.allow = reader.choices("allow", grants);
  reader.finish();
  return plugin;
}

std::vector<PluginEntry> read_plugins(const Value& section, const fs::path& folder) {
  std::vector<PluginEntry> plugins;
  for (const Value& item : as_list(section, "'plugins'"))
    plugins.push_back(read_plugin(item, folder));
  return plugins;
}

// A folder as a path that ends in its name.
fs::path resolve_folder(const std::string& text, const fs::path& folder) {
  const fs::path path = resolve_path(text, folder);
  return path.has_filename() ? path : path.parent_path();
}

}  // namespace

fs::path resolve_path(const std::string& text, const fs::path& folder) {
  return (folder / text).lexically_normal();
}

fs::path find_project(const fs::path& start) {
  std::error_code none;
  const fs::path begin = fs::weakly_canonical(fs::absolute(start), none);
  for (fs::path folder = begin;; folder = folder.parent_path()) {
    if (fs::exists(folder / file_name, none)) return folder;
    if (folder == folder.parent_path()) break;
  }
  throw Error(
      errors::no_project,
      fmt::format("there is no {} in '{}' or in a folder above it", file_name, begin.string()),
      "make a project with: confiture init, or name one with --project");
}

Project load_project(const fs::path& root) {
  Project project;
  std::error_code none;
  project.root = fs::weakly_canonical(fs::absolute(root), none);
  project.file = project.root / file_name;
  if (!fs::exists(project.file, none))
    throw Error(errors::no_project,
                fmt::format("there is no {} in '{}'", file_name, project.root.string()),
                "make a project with: confiture init");
  const Value document = parse_yaml(read_file(project.file), file_name);
  const fs::path folder = project.file.parent_path();
  Reader reader(document, "");
  if (const auto migrations = reader.text("migrations"))
    project.migrations = resolve_folder(*migrations, folder);
  if (const Value* section = reader.value("plugins"))
    project.plugins = read_plugins(*section, folder);
  for (const std::string& dir : reader.texts("plugin_dirs"))
    project.plugin_dirs.push_back(resolve_path(dir, folder));
  if (const Value* section = reader.value("hooks"))
    project.hooks = read_hooks(*section, environment_names(project));
  if (const Value* section = reader.value("secrets"))
    project.secrets = read_secret_sources(*section, folder);
  if (const Value* section = reader.value("anonymization"))
    project.anonymization = read_anonymization(*section, folder);
  if (const Value* section = reader.value("linting")) project.linting = read_linting(*section);
  if (const Value* section = reader.value("risk")) project.risk = read_risk(*section);
  if (const Value* section = reader.value("review"))
    project.review = read_review(*section, environment_names(project));
  reader.finish();
  if (const auto owners = folder / "owners.yaml"; std::filesystem::exists(owners))
    read_owners(parse_yaml(read_file(owners), "db/owners.yaml"), project.review);
  return project;
}

}  // namespace host::config
