// SPDX-License-Identifier: MIT
// The error codes of this floor.
#pragma once

#include "host/foundation/error.hpp"

namespace host::errors {

inline constexpr ErrorCode file_not_found{"file.not_found", Exit::configuration};
inline constexpr ErrorCode file_not_readable{"file.not_readable", Exit::configuration};
inline constexpr ErrorCode file_not_writable{"file.not_writable", Exit::configuration};
inline constexpr ErrorCode interrupted{"run.interrupted", Exit::interrupted};
inline constexpr ErrorCode question_timed_out{"question.timed_out", Exit::timed_out};
// A question is due and nobody can answer it.
inline constexpr ErrorCode would_ask{"question.would_ask", Exit::usage};
inline constexpr ErrorCode usage{"usage", Exit::usage};

}  // namespace host::errors
