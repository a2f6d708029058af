// SPDX-License-Identifier: MIT
// The error codes of this floor.
#pragma once

#include "host/foundation/error.hpp"

namespace host::errors {

inline constexpr ErrorCode file_not_found{"file.not_found", Exit::configuration};
inline constexpr ErrorCode file_not_readable{"file.not_readable", Exit::configuration};
inline constexpr ErrorCode file_not_writable{"file.not_writable", Exit::configuration};
inline constexpr ErrorCode interrupted{"run.interrupted", Exit::interrupted};

}  // namespace host::errors
