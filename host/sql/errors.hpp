// SPDX-License-Identifier: MIT
// The error codes of this floor.
#pragma once

#include "host/foundation/error.hpp"

namespace host::sql::errors {

inline constexpr ErrorCode syntax{"sql.syntax", Exit::sql_failed};
inline constexpr ErrorCode too_large{"sql.too_large", Exit::sql_failed};

}  // namespace host::sql::errors
