// SPDX-License-Identifier: MIT
// From a plugin's own tables to the host's: the one place where old plugins and new hosts meet.
// Each struct is copied, as far as the plugin's build knew it, into a zero-filled one of ours.
#pragma once

#include <confiture/plugin.h>

#include <memory>
#include <string>
#include <vector>

#include "host/extensions/extension.hpp"

namespace host::extensions {

struct Normalised {
  std::unique_ptr<Plugin> plugin;
  confiture_plugin descriptor{};      // for needs, init and deinit
  std::vector<std::string> warnings;  // unknown kinds and phases, which are skipped
};

// `id` is the one of the file's name. Throws plugin.invalid for a table that breaks the contract,
// plugin.incompatible for a plugin that needs a newer host.
Normalised normalise(const confiture_plugin* original, const std::filesystem::path& file,
                     const std::string& id, const Place& place);

}  // namespace host::extensions
