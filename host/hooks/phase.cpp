// SPDX-License-Identifier: MIT
#include "host/hooks/phase.hpp"

#include <confiture/action.h>

#include "host/config/phases.hpp"

namespace host::hooks {

std::string_view phase_name(Phase phase) {
  for (const config::Phase& known : config::phases())
    if (known.bit == phase) return known.name;
  return "unknown";
}

std::vector<std::string> phase_names(std::uint32_t phases) {
  std::vector<std::string> names;
  for (const config::Phase& known : config::phases())
    if ((phases & known.bit) != 0) names.emplace_back(known.name);
  return names;
}

bool is_transactional(Phase phase) {
  return (phase & (CONFITURE_PHASE_PRE_EXECUTE | CONFITURE_PHASE_POST_EXECUTE |
                   CONFITURE_PHASE_PRE_ROLLBACK | CONFITURE_PHASE_POST_ROLLBACK)) != 0;
}

}  // namespace host::hooks
