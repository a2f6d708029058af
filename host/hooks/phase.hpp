// SPDX-License-Identifier: MIT
// The moments at which hooks run, as the bits of confiture/action.h; their table is in
// host/config/phases.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace host::hooks {

// One CONFITURE_PHASE_* bit.
using Phase = std::uint32_t;

std::string_view phase_name(Phase phase);  // "post_execute"
// The names of the phases in a set of bits, in the order of the lifecycle.
std::vector<std::string> phase_names(std::uint32_t phases);
// Whether the phase belongs to one migration's transaction (pre_execute, post_rollback, ...).
bool is_transactional(Phase phase);

}  // namespace host::hooks
