// SPDX-License-Identifier: MIT
// Fixes: edits that rules offer, applied to texts until nothing changes any more. Each is proved to
// parse and to clear its finding; one that does not is left out.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "host/lint/linter.hpp"

namespace host::lint {

struct Fixed {
  std::map<std::string, std::string> texts;  // of the files that changed, by name
  std::size_t applied = 0;                   // findings that are gone
  std::vector<Finding> failed;               // their fix did not clear them, or did not parse
  Report report;                             // of the texts as they are now
};

// `inputs` as they are; those that `may_change` names may be mended: their text is all that their
// file holds. [main]
Fixed fix_all(Linter& linter, std::vector<Input> inputs, FixKind worst,
              const std::function<bool(const std::string& file)>& may_change);

// A unified diff, with three lines of context; empty where both are the same.
std::string unified_diff(const std::string& name, const std::string& before,
                         const std::string& after);

}  // namespace host::lint
