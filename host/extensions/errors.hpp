// SPDX-License-Identifier: MIT
// The error codes of this floor.
#pragma once

#include "host/foundation/error.hpp"

namespace host::extensions::errors {

inline constexpr ErrorCode not_found{"plugin.not_found", Exit::configuration};
inline constexpr ErrorCode not_trusted{"plugin.not_trusted", Exit::stopped};
inline constexpr ErrorCode pin_mismatch{"plugin.pin_mismatch", Exit::stopped};
inline constexpr ErrorCode not_loadable{"plugin.not_loadable", Exit::stopped};
inline constexpr ErrorCode incompatible{"plugin.incompatible", Exit::stopped};
inline constexpr ErrorCode invalid{"plugin.invalid", Exit::stopped};
inline constexpr ErrorCode not_granted{"plugin.not_granted", Exit::stopped};
inline constexpr ErrorCode bug{"plugin.bug", Exit::stopped};
inline constexpr ErrorCode failed{"plugin.failed", Exit::stopped};
inline constexpr ErrorCode bad_configuration{"plugin.bad_configuration", Exit::configuration};
inline constexpr ErrorCode unknown_action{"config.unknown_action", Exit::configuration};
inline constexpr ErrorCode unknown_strategy{"config.unknown_strategy", Exit::configuration};
inline constexpr ErrorCode unknown_rule{"config.unknown_rule", Exit::configuration};
inline constexpr ErrorCode unknown_classifier{"config.unknown_classifier", Exit::configuration};

}  // namespace host::extensions::errors
