// SPDX-License-Identifier: MIT
// The error codes of this floor.
#pragma once

#include "host/foundation/error.hpp"

namespace host::lint::errors {

inline constexpr ErrorCode bad_baseline{"lint.bad_baseline", Exit::configuration};
inline constexpr ErrorCode bad_custom_rule{"lint.bad_custom_rule", Exit::configuration};
inline constexpr ErrorCode file_changed{"lint.file_changed", Exit::findings};
inline constexpr ErrorCode git_failed{"lint.git_failed", Exit::usage};

}  // namespace host::lint::errors
