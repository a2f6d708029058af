// SPDX-License-Identifier: MIT
// The error codes of this floor.
#pragma once

#include "host/foundation/error.hpp"

namespace host::cli::errors {

inline constexpr ErrorCode would_overwrite{"init.would_overwrite", Exit::usage};
inline constexpr ErrorCode not_empty{"build.not_empty", Exit::usage};
inline constexpr ErrorCode no_files{"build.no_files", Exit::configuration};
// A statement of the schema that one transaction over all of them cannot hold.
inline constexpr ErrorCode not_buildable{"build.not_buildable", Exit::sql_failed};
inline constexpr ErrorCode not_embedded{"dev.not_embedded", Exit::usage};
inline constexpr ErrorCode no_psql{"dev.no_psql", Exit::unreachable};
inline constexpr ErrorCode not_confirmed{"protected.not_confirmed", Exit::usage};

}  // namespace host::cli::errors
