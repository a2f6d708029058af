// SPDX-License-Identifier: MIT
// The error codes of this floor, and of the seals that review/ makes of it.
#pragma once

#include "host/foundation/error.hpp"

namespace host::audit::errors {

inline constexpr ErrorCode none{"audit.none", Exit::findings};  // the database has none
// The role has no rights on the schema confiture, or too few.
inline constexpr ErrorCode no_access{"ledger.no_access", Exit::unreachable};
inline constexpr ErrorCode bad_moment{"audit.bad_moment", Exit::usage};
inline constexpr ErrorCode bad_seal{"audit.bad_seal", Exit::findings};
inline constexpr ErrorCode broken{"audit.broken", Exit::findings};

}  // namespace host::audit::errors
