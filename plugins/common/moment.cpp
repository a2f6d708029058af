// SPDX-License-Identifier: MIT
#include "plugins/common/moment.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "plugins/common/utf8.hpp"

namespace plugins::common {
namespace {

// Reads pieces off the front of a text; `good` is false after the first that does not fit.
struct Reader {
  std::string_view text;
  bool good = true;

  std::int64_t number(std::size_t least, std::size_t most) {
    std::int64_t value = 0;
    std::size_t size = 0;
    for (; size < text.size() && size < most && is_digit(text[size]); ++size)
      value = value * 10 + (text[size] - '0');
    good = good && size >= least;
    text.remove_prefix(size);
    return value;
  }
  bool skip(std::string_view mark) {
    if (text.substr(0, mark.size()) != mark) return false;
    text.remove_prefix(mark.size());
    return true;
  }
  void require(std::string_view mark) { good = skip(mark) && good; }
};

void read_date(Reader& reader, Moment& moment) {
  moment.has_date = true;
  CivilDate date{};
  date.year = reader.number(4, 7);
  reader.require("-");
  date.month = static_cast<unsigned>(reader.number(2, 2));
  reader.require("-");
  date.day = static_cast<unsigned>(reader.number(2, 2));
  constexpr std::string_view before_christ = " BC";
  const std::size_t size = reader.text.size();
  if (size >= before_christ.size() &&
      reader.text.substr(size - before_christ.size()) == before_christ) {
    reader.text.remove_suffix(before_christ.size());
    date.year = 1 - date.year;
  }
  reader.good =
      reader.good && date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31;
  if (reader.good) moment.days = days_of(date);
}

void read_time(Reader& reader, Moment& moment) {
  moment.has_time = true;
  const std::int64_t hours = reader.number(2, 2);
  reader.require(":");
  const std::int64_t minutes = reader.number(2, 2);
  reader.require(":");
  const std::int64_t seconds = reader.number(2, 2);
  moment.time_of_day = ((hours * 60 + minutes) * 60 + seconds) * one_second;
  if (reader.skip(".")) {
    moment.has_fraction = true;
    const std::size_t before = reader.text.size();
    std::int64_t fraction = reader.number(1, 6);
    for (std::size_t digits = before - reader.text.size(); digits < 6; ++digits) fraction *= 10;
    moment.time_of_day += fraction;
  }
  reader.good = reader.good && moment.time_of_day <= one_day;
  const bool zoned = !reader.text.empty() && (reader.text[0] == '+' || reader.text[0] == '-');
  if (!zoned) return;
  moment.zone = reader.text;
  reader.text = {};
}

// Appends texts and numbers to a piece of memory that is large enough.
struct Writer {
  char* end;

  void text(std::string_view part) { end = std::copy(part.begin(), part.end(), end); }
  void number(std::int64_t value, int width) {
    std::array<char, 20> digits;
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    for (auto size = written.ptr - digits.data(); size < width; ++size) *end++ = '0';
    text({digits.data(), static_cast<std::size_t>(written.ptr - digits.data())});
  }
};

void write_time(const Moment& moment, Writer& out) {
  const std::int64_t seconds = moment.time_of_day / one_second;
  out.number(seconds / 3600, 2);
  out.text(":");
  out.number(seconds / 60 % 60, 2);
  out.text(":");
  out.number(seconds % 60, 2);
  if (const std::int64_t fraction = moment.time_of_day % one_second; fraction != 0) {
    out.text(".");
    out.number(fraction, 6);
    while (out.end[-1] == '0') --out.end;
  }
  out.text(moment.zone);
}

void truncate_date(Moment& moment, Unit unit) {
  if (unit == Unit::week) {
    const std::int64_t weekday = ((moment.days + 3) % 7 + 7) % 7;  // Monday is 0
    moment.days -= weekday;
    return;
  }
  CivilDate date = civil_date(moment.days);
  date.day = 1;
  if (unit <= Unit::year) date.month = 1;
  if (unit == Unit::quarter) date.month = (date.month - 1) / 3 * 3 + 1;
  if (unit == Unit::decade) date.year -= (date.year % 10 + 10) % 10;
  moment.days = days_of(date);
}

}  // namespace

// The formulas of Howard Hinnant's "chrono-compatible low-level date algorithms": eras of 400
// years that begin on the first of March.
std::int64_t days_of(const CivilDate& date) {
  const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year =
      (153 * ((date.month + 9) % 12) + 2) / 5 + static_cast<std::int64_t>(date.day) - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

CivilDate civil_date(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t from_march = (5 * day_of_year + 2) / 153;
  const auto month = static_cast<unsigned>(from_march < 10 ? from_march + 3 : from_march - 9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
          static_cast<unsigned>(day_of_year - (153 * from_march + 2) / 5 + 1)};
}

void Moment::add(std::int64_t microseconds) {
  days += microseconds / one_day;
  time_of_day += microseconds % one_day;
  if (time_of_day < 0) {
    time_of_day += one_day;
    --days;
  } else if (time_of_day >= one_day) {
    time_of_day -= one_day;
    ++days;
  }
}

bool Moment::in_range() const {
  static const std::int64_t first = days_of({-4713, 11, 24});
  static const std::int64_t last_date = days_of({5874897, 12, 31});
  static const std::int64_t last_timestamp = days_of({294276, 12, 31});
  return days >= first && days <= (has_time ? last_timestamp : last_date);
}

void truncate(Moment& moment, Unit unit) {
  if (moment.has_date && unit < Unit::day) truncate_date(moment, unit);
  const std::int64_t step = unit == Unit::second   ? one_second
                            : unit == Unit::minute ? 60 * one_second
                            : unit == Unit::hour   ? 3600 * one_second
                                                   : one_day;
  if (moment.has_time) moment.time_of_day -= moment.time_of_day % step;
}

std::optional<Moment> read_moment(std::string_view text) {
  Moment moment;
  Reader reader{text};
  const bool timed_only = text.size() > 2 && text[2] == ':';
  if (!timed_only) read_date(reader, moment);
  if (timed_only || reader.skip(" ")) read_time(reader, moment);
  return reader.good && reader.text.empty() ? std::optional(moment) : std::nullopt;
}

std::string_view write_moment(const Moment& moment, const confiture::Call& call) {
  constexpr std::size_t longest = 40;
  char* const begin = call.allocate(longest + moment.zone.size());
  Writer out{begin};
  std::int64_t year = 1;
  if (moment.has_date) {
    const CivilDate date = civil_date(moment.days);
    year = date.year;
    out.number(year > 0 ? year : 1 - year, 4);
    out.text("-");
    out.number(date.month, 2);
    out.text("-");
    out.number(date.day, 2);
  }
  if (moment.has_date && moment.has_time) out.text(" ");
  if (moment.has_time) write_time(moment, out);
  if (year <= 0) out.text(" BC");
  return {begin, static_cast<std::size_t>(out.end - begin)};
}

}  // namespace plugins::common
