// SPDX-License-Identifier: MIT
// The error codes of this floor.
#pragma once

#include "host/foundation/error.hpp"

namespace host::sync::errors {

inline constexpr ErrorCode same_database{"sync.same_database", Exit::configuration};
inline constexpr ErrorCode unknown_table{"sync.unknown_table", Exit::configuration};
inline constexpr ErrorCode unknown_column{"sync.unknown_column", Exit::configuration};
inline constexpr ErrorCode decided_twice{"sync.decided_twice", Exit::configuration};
inline constexpr ErrorCode bad_strategy_option{"sync.bad_strategy_option", Exit::usage};
inline constexpr ErrorCode nothing_selected{"sync.nothing_selected", Exit::configuration};
inline constexpr ErrorCode target_schema{"sync.target_schema", Exit::configuration};
inline constexpr ErrorCode missing_right{"sync.missing_right", Exit::configuration};
inline constexpr ErrorCode undecided{"sync.undecided", Exit::anonymization};
inline constexpr ErrorCode not_null{"sync.not_null", Exit::anonymization};
inline constexpr ErrorCode not_unique{"sync.not_unique", Exit::anonymization};
inline constexpr ErrorCode foreign_key_apart{"sync.foreign_key_apart", Exit::anonymization};
inline constexpr ErrorCode unchanged{"sync.unchanged", Exit::anonymization};
inline constexpr ErrorCode check_failed{"sync.check_failed", Exit::anonymization};
inline constexpr ErrorCode circular_strategy{"sync.circular_strategy", Exit::configuration};
inline constexpr ErrorCode bad_path{"sync.bad_path", Exit::configuration};
inline constexpr ErrorCode bad_test{"sync.bad_test", Exit::configuration};
inline constexpr ErrorCode template_shows{"sync.template_shows", Exit::anonymization};
inline constexpr ErrorCode does_not_fit{"sync.does_not_fit", Exit::anonymization};
inline constexpr ErrorCode not_sql{"sync.not_sql", Exit::usage};
inline constexpr ErrorCode rows_left_behind{"sync.rows_left_behind", Exit::configuration};
inline constexpr ErrorCode malformed{"sync.malformed", Exit::anonymization};
inline constexpr ErrorCode bad_stream{"sync.bad_stream", Exit::unreachable};

inline constexpr ErrorCode cannot_stage{"sync.cannot_stage", Exit::configuration};
inline constexpr ErrorCode staging_taken{"sync.staging_taken", Exit::configuration};
inline constexpr ErrorCode target_in_use{"sync.target_in_use", Exit::locked};
inline constexpr ErrorCode several_sources{"sync.several_sources", Exit::configuration};
inline constexpr ErrorCode source_changed{"sync.source_changed", Exit::findings};
inline constexpr ErrorCode target_changed{"sync.target_changed", Exit::findings};

}  // namespace host::sync::errors
