// SPDX-License-Identifier: MIT
// The moments that a hook can be bound to: their names in YAML and their bits in the ABI, in the
// order of a run. A phase is listed once the host fires it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace host::config {

struct Phase {
  std::string_view name;  // "post_execute"
  std::uint32_t bit;      // CONFITURE_PHASE_POST_EXECUTE
};

std::span<const Phase> phases();
// The phase of that name, or nullptr.
const Phase* find_phase(std::string_view name);

}  // namespace host::config
