// SPDX-License-Identifier: MIT
// The error codes of this floor.
#pragma once

#include "host/foundation/error.hpp"

namespace host::migrations::errors {

// The files.
inline constexpr ErrorCode bad_name{"migration.bad_name", Exit::configuration};
inline constexpr ErrorCode duplicate{"migration.duplicate", Exit::configuration};
inline constexpr ErrorCode no_up_file{"migration.no_up_file", Exit::configuration};
inline constexpr ErrorCode unknown_header{"migration.unknown_header", Exit::configuration};
inline constexpr ErrorCode bad_header{"migration.bad_header", Exit::configuration};
inline constexpr ErrorCode bad_section{"migration.bad_section", Exit::configuration};
inline constexpr ErrorCode ambiguous_layout{"migration.ambiguous_layout", Exit::configuration};
inline constexpr ErrorCode unknown_variable{"migration.unknown_variable", Exit::configuration};
// The files against what is applied.
inline constexpr ErrorCode edited{"migration.edited", Exit::findings};
inline constexpr ErrorCode missing{"migration.missing", Exit::findings};
inline constexpr ErrorCode out_of_order{"migration.out_of_order", Exit::findings};
inline constexpr ErrorCode dependency{"migration.dependency", Exit::findings};
inline constexpr ErrorCode missing_role{"migration.missing_role", Exit::findings};
inline constexpr ErrorCode precondition{"migration.precondition", Exit::findings};
// Taking over what was applied before confiture.
inline constexpr ErrorCode already_recorded{"baseline.already_recorded", Exit::findings};
inline constexpr ErrorCode no_history{"baseline.no_history", Exit::findings};
inline constexpr ErrorCode dirty_history{"baseline.dirty_history", Exit::findings};
inline constexpr ErrorCode no_file{"baseline.no_file", Exit::findings};
inline constexpr ErrorCode unknown_version{"migration.unknown_version", Exit::usage};
inline constexpr ErrorCode irreversible{"migration.irreversible", Exit::irreversible};
// Their statements.
inline constexpr ErrorCode syntax{"migration.syntax", Exit::sql_failed};
inline constexpr ErrorCode transaction_control{"statement.transaction_control", Exit::sql_failed};
inline constexpr ErrorCode outside_transaction{"statement.outside_transaction", Exit::sql_failed};
inline constexpr ErrorCode copy_without_file{"statement.copy_without_file", Exit::sql_failed};
inline constexpr ErrorCode failed{"migration.failed", Exit::sql_failed};
inline constexpr ErrorCode invalid_index{"migration.invalid_index", Exit::sql_failed};
inline constexpr ErrorCode verify_failed{"migration.verify_failed", Exit::findings};
inline constexpr ErrorCode connection_lost{"migration.connection_lost", Exit::unreachable};
// A file without a transaction that did not get to its end.
inline constexpr ErrorCode unfinished{"migration.unfinished", Exit::sql_failed};
inline constexpr ErrorCode still_running{"migration.still_running", Exit::locked};

}  // namespace host::migrations::errors
