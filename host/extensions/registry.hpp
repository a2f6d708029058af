// SPDX-License-Identifier: MIT
// Every plugin that this run may use, found, checked, loaded and listed by id.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/project.hpp"
#include "host/extensions/extension.hpp"

namespace host::extensions {

// Where to look, in this order; the first match per plugin id wins.
struct SearchPath {
  std::vector<std::filesystem::path> plugin_files;  // --plugin
  std::vector<config::PluginEntry> configured;      // plugins:
  std::vector<std::filesystem::path> plugin_dirs;   // --plugin-dir, then plugin_dirs:
  std::vector<std::filesystem::path> environment;   // CONFITURE_PLUGIN_PATH, by secure_getenv
  std::filesystem::path built_in;                   // found from the program's own location
};
SearchPath search_path(const config::Project* project,
                       const std::vector<std::filesystem::path>& plugin_files,
                       const std::vector<std::filesystem::path>& plugin_dirs);

class Registry {
 public:
  // Loads the first-party plugins of the built-in directory, the files named by --plugin and the
  // configured ones. A file found in another directory is loaded only if the configuration names
  // its id. Throws on the first plugin that cannot be trusted or loaded (exit 7).
  static Registry load(const SearchPath& path);
  Registry(Registry&&) noexcept;
  Registry& operator=(Registry&&) noexcept;
  ~Registry();

  const std::vector<std::unique_ptr<Plugin>>& plugins() const;
  // The extension, or throws extensions.unknown_action, unknown_strategy or unknown_rule (exit 5)
  // at `place`, with the nearest id, or what is known of the plugins that were searched.
  const Extension& require(Kind kind, std::string_view id, const Place& place) const;
  const Extension* find(Kind kind, std::string_view id) const;
  std::vector<const Extension*> all(Kind kind) const;  // by id
  // Warnings collected at load: unknown kinds, unknown phase bits.
  const std::vector<std::string>& warnings() const;

 private:
  Registry();
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace host::extensions
