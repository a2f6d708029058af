// SPDX-License-Identifier: MIT
// Durations as people write them, and moments as every document shows them: UTC, ISO 8601.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace host {

// "500ms", "2s", "5m", "2h", "7d", or "0"; nothing for anything else, a negative number included.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

// The largest unit that is exact: 90s, 2m, 1500ms.
std::string format_duration(std::chrono::milliseconds duration);

// "2026-11-23T10:00:00Z".
std::string format_utc(std::chrono::system_clock::time_point moment);

// Milliseconds since `start`, for the duration_ms of every document.
double elapsed_ms(std::chrono::steady_clock::time_point start);

}  // namespace host
