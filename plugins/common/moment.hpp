// SPDX-License-Identifier: MIT
// plugins/common/moment.hpp - dates and times as PostgreSQL writes them with DateStyle ISO: read,
// moved, written back in the same form. BC, years beyond 9999, fractions and time zones included.
#pragma once

#include <confiture/call.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

namespace plugins::common {

inline constexpr std::int64_t one_second = 1000000;  // in microseconds
inline constexpr std::int64_t one_day = 86400 * one_second;

// Of the proleptic Gregorian calendar; year 0 is 1 BC.
struct CivilDate {
  std::int64_t year;
  unsigned month, day;
};
std::int64_t days_of(const CivilDate& date);  // since 1970-01-01
CivilDate civil_date(std::int64_t days);

struct Moment {
  bool has_date = false, has_time = false;
  std::int64_t days = 0;         // since 1970-01-01
  std::int64_t time_of_day = 0;  // microseconds; `one_day` itself for 24:00:00
  bool has_fraction = false;
  std::string_view zone;  // "+00", "+05:30", or empty; a view of what was read

  // Moves by microseconds, over the days.
  void add(std::int64_t microseconds);
  // Whether PostgreSQL has such a date, of type date, timestamp or timestamptz.
  bool in_range() const;
};

enum class Unit { decade, year, quarter, month, week, day, hour, minute, second };

// Puts the beginning of its unit in its place, as date_trunc does; weeks begin on Monday.
void truncate(Moment& moment, Unit unit);

// "2024-02-29", "2024-02-29 12:30:00.5+02 BC", "12:30:00+02". Nothing for infinity, -infinity and
// whatever else is none.
std::optional<Moment> read_moment(std::string_view text);

std::string_view write_moment(const Moment& moment, const confiture::Call& call);

}  // namespace plugins::common
