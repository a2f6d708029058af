// SPDX-License-Identifier: MIT
// The error codes of this floor.
#pragma once

#include "host/foundation/error.hpp"

namespace host::config::errors {

inline constexpr ErrorCode no_project{"config.no_project", Exit::configuration};
inline constexpr ErrorCode syntax{"config.syntax", Exit::configuration};
inline constexpr ErrorCode unknown_key{"config.unknown_key", Exit::configuration};
inline constexpr ErrorCode missing_key{"config.missing_key", Exit::configuration};
inline constexpr ErrorCode wrong_type{"config.wrong_type", Exit::configuration};
inline constexpr ErrorCode out_of_range{"config.out_of_range", Exit::configuration};
inline constexpr ErrorCode unknown_parameter{"config.unknown_parameter", Exit::configuration};
inline constexpr ErrorCode missing_parameter{"config.missing_parameter", Exit::configuration};
inline constexpr ErrorCode unknown_environment{"config.unknown_environment", Exit::configuration};
inline constexpr ErrorCode unknown_phase{"config.unknown_phase", Exit::configuration};
inline constexpr ErrorCode variable_unset{"config.variable_unset", Exit::configuration};
inline constexpr ErrorCode unknown_secret{"config.unknown_secret", Exit::configuration};
inline constexpr ErrorCode secret_exposed{"config.secret_exposed", Exit::configuration};
inline constexpr ErrorCode no_key{"anonymization.no_key", Exit::anonymization};
inline constexpr ErrorCode weak_key{"anonymization.weak_key", Exit::anonymization};

}  // namespace host::config::errors
