// SPDX-License-Identifier: MIT
// The project that init writes: examples/starter, compiled in by host/cmake/embed_folder.cmake.
#pragma once

#include <string_view>
#include <vector>

namespace host::cli {

struct StarterFile {
  std::string_view path;  // "db/confiture.yaml"
  std::string_view text;
};

const std::vector<StarterFile>& starter_files();  // sorted by path

}  // namespace host::cli
