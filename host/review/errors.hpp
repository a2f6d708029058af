// SPDX-License-Identifier: MIT
// The error codes of this floor.
#pragma once

#include "host/foundation/error.hpp"

namespace host::review::errors {

// A file of answers that does not answer what is asked.
inline constexpr ErrorCode unanswered{"question.unanswered", Exit::usage};
// --require-backup, and no hook of this run has made one.
inline constexpr ErrorCode no_backup{"review.no_backup", Exit::findings};

}  // namespace host::review::errors
