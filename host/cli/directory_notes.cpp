// SPDX-License-Identifier: MIT
#include "host/cli/directory_notes.hpp"

namespace host::cli {

void show_directory(Output& output, const migrations::Directory& directory) {
  if (const auto notice = directory.notice()) output.message(*notice);
  for (const std::string& warning : directory.warnings) output.warning(warning);
}

}  // namespace host::cli
