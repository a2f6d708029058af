// SPDX-License-Identifier: MIT
// The error codes of this floor.
#pragma once

#include "host/foundation/error.hpp"

namespace host::postgres::errors {

inline constexpr ErrorCode connection_string{"postgres.connection_string", Exit::configuration};
inline constexpr ErrorCode unreachable{"postgres.unreachable", Exit::unreachable};
inline constexpr ErrorCode authentication{"postgres.authentication", Exit::unreachable};
inline constexpr ErrorCode no_database{"postgres.no_database", Exit::unreachable};
inline constexpr ErrorCode connection_lost{"postgres.connection_lost", Exit::unreachable};
inline constexpr ErrorCode sql{"postgres.sql", Exit::sql_failed};
inline constexpr ErrorCode pooler{"postgres.pooler", Exit::configuration};
inline constexpr ErrorCode standby{"postgres.standby", Exit::unreachable};
inline constexpr ErrorCode locked{"postgres.locked", Exit::locked};
inline constexpr ErrorCode no_binaries{"embedded.no_binaries", Exit::unreachable};
inline constexpr ErrorCode start_failed{"embedded.start_failed", Exit::unreachable};

}  // namespace host::postgres::errors
