// SPDX-License-Identifier: MIT
// lint --fix, --unsafe-fixes and --diff: what the fixes make of the files, shown or written.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "host/cli/command.hpp"
#include "host/lint/linter.hpp"

namespace host::cli {

struct Mended {
  lint::Report report;  // what is left
  std::string diff;     // with --diff: unified, nothing was written
};

bool mends(const Arguments& arguments);

// Throws usage for what does not go together, file.changed and file.not_writable: nothing was
// written then.
Mended mend(Context& context, const Arguments& arguments, lint::Linter& linter,
            std::vector<lint::Input> inputs);

struct MendedFile {
  std::string name, original, text;  // as a Source has it, without a byte-order mark
};
// All of them, or none where one is not what it was read as any more, or may not be written.
void write_mended(const std::filesystem::path& root, const std::vector<MendedFile>& files);

}  // namespace host::cli
