// SPDX-License-Identifier: MIT
// The error codes of this floor.
#pragma once

#include "host/foundation/error.hpp"

namespace host::review::errors {

// A file of answers that does not answer what is asked.
inline constexpr ErrorCode unanswered{"question.unanswered", Exit::usage};
// --require-backup, and no hook of this run has made one.
inline constexpr ErrorCode no_backup{"review.no_backup", Exit::findings};
inline constexpr ErrorCode missing{"approval.missing", Exit::unapproved};
// Another environment does not prove what is to be promoted, or the linter objects.
inline constexpr ErrorCode unproven{"promotion.unproven", Exit::findings};
// A text that is no statement, a document that is no plan or was changed, a signature that does
// not fit.
inline constexpr ErrorCode bad_statement{"approval.bad_statement", Exit::configuration};
inline constexpr ErrorCode bad_plan{"approval.bad_plan", Exit::configuration};
inline constexpr ErrorCode bad_signature{"approval.bad_signature", Exit::unapproved};
inline constexpr ErrorCode not_signed{"approval.not_signed", Exit::unapproved};
inline constexpr ErrorCode no_plan{"approval.no_plan", Exit::usage};
inline constexpr ErrorCode no_policy{"approval.no_policy", Exit::configuration};
inline constexpr ErrorCode unknown_person{"approval.unknown_person", Exit::usage};
inline constexpr ErrorCode refused{"approval.refused", Exit::unapproved};
// The database has no place for approvals yet, and this role may not make one.
inline constexpr ErrorCode no_store{"approval.no_store", Exit::usage};

inline constexpr ErrorCode bad_window{"schedule.bad_window", Exit::usage};
inline constexpr ErrorCode bad_time{"schedule.bad_time", Exit::usage};
inline constexpr ErrorCode no_entry{"schedule.no_entry", Exit::usage};
// The window is over, and the plan has not run.
inline constexpr ErrorCode missed{"schedule.missed", Exit::findings};

}  // namespace host::review::errors
