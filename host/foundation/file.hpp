// SPDX-License-Identifier: MIT
// Whole files in and out, with errors that name the path and the system's reason.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace host {

// The bytes of a regular file; throws file.not_found or file.not_readable.
std::string read_file(const std::filesystem::path& path);

// Writes beside the file, flushes to disk and renames, so that a reader sees the old text or the
// new, never a half. Keeps the mode of a file that is there; a new one gets `mode`.
// A link stays and its file is replaced; what is no regular file (a device, a pipe) is written to.
void write_file(const std::filesystem::path& path, std::string_view text, unsigned mode = 0644);

// Relative to `base` where the path lies below it, else as given: for messages.
std::string display_path(const std::filesystem::path& path, const std::filesystem::path& base);

}  // namespace host
