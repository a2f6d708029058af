// SPDX-License-Identifier: MIT
// The error codes of this floor.
#pragma once

#include "host/foundation/error.hpp"

namespace host::hooks::errors {

inline constexpr ErrorCode failed{"hooks.failed", Exit::stopped};
inline constexpr ErrorCode wrong_phase{"hooks.wrong_phase", Exit::configuration};

}  // namespace host::hooks::errors
