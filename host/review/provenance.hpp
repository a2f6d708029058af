// SPDX-License-Identifier: MIT
// Whose a file is and how old, as git knows it.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace host::review {

// "alice, 3 days ago (2026-11-20, 1a2b3c4)", with ", edited since" where the file is not as it was
// committed; "not committed yet"; empty where there is no git or no repository. Runs git.
std::string describe_provenance(const std::filesystem::path& file,
                                std::chrono::system_clock::time_point now);

}  // namespace host::review
