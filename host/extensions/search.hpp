// SPDX-License-Identifier: MIT
// Where plugins are looked for, which of them count, and the account of it for a failed look-up.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/config/project.hpp"
#include "host/extensions/registry.hpp"

namespace host::extensions {

// A file that is going to be loaded.
struct Candidate {
  std::filesystem::path file;
  std::string id;                              // of its name, confiture-ID.so
  const config::PluginEntry* entry = nullptr;  // the configuration's word on it, if any
  bool first_party = false;
  Place place;  // where the configuration names it
};

struct SearchResult {
  std::vector<Candidate> candidates;  // in the order of the search, one a plugin id
  // Every place that was looked at and what came of it: "/usr/lib/confiture/plugins: ...".
  std::vector<std::string> account;
};

// Of the built-in folder all are taken, but of the folder `optional` in it only those that the
// configuration names, as of any other folder. Throws plugin.not_found for a file or an id that
// somebody named and that is not there, and plugin.invalid for one whose name is not
// confiture-ID.so.
SearchResult find_plugins(const SearchPath& path);

}  // namespace host::extensions
