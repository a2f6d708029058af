// SPDX-License-Identifier: MIT
// What git says of the files that are linted, by running it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace host::lint {

// The standard output of `git -C folder ARGUMENTS...`. Throws lint.git_failed with git's own words.
std::string run_git(const std::filesystem::path& folder, const std::vector<std::string>& arguments);

}  // namespace host::lint
