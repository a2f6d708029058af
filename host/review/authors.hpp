// SPDX-License-Identifier: MIT
// Who wrote a plan: whom its files name, and whom git knows to have had a hand in them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/migrations/plan.hpp"

namespace host::review {

// Names and addresses, sorted: the `-- author:` of each file, the author, committer and co-authors
// of every commit that touched it, and for what is not committed the user of the repository. A
// project outside a repository has only the first. Throws lint.git_failed where git says nothing.
std::vector<std::string> authors_of(const migrations::Plan& plan,
                                    const std::filesystem::path& project);

}  // namespace host::review
