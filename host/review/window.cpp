// SPDX-License-Identifier: MIT
#include "host/review/window.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/foundation/text.hpp"
#include "host/review/errors.hpp"

namespace host::review {
namespace {

using postgres::Parameter;

[[noreturn]] void refuse(std::string_view text, const std::string& what) {
  throw Error(errors::bad_window, fmt::format("'{}' is no window: {}", printable(text), what),
              "write days, times and a zone: \"Sat,Sun 02:00-04:00 Europe/Paris\"");
}

bool is_time(std::string_view text) {
  constexpr std::string_view digits = "0123456789";
  if (text.size() != 5 || text[2] != ':') return false;
  for (const std::size_t at : {0, 1, 3, 4})
    if (digits.find(text[at]) == digits.npos) return false;
  return text.substr(0, 2) < "24" && text[3] < '6';
}

int read_day(std::string_view text, const std::string& name) {
  constexpr std::array<std::string_view, 7> days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  const std::string day = lower_ascii(trim(name)).substr(0, 3);
  const auto* found = std::find(days.begin(), days.end(), day);
  if (found == days.end()) refuse(text, fmt::format("'{}' is no day", printable(name)));
  return static_cast<int>(found - days.begin()) + 1;
}

// "2026-11-29T02:00:00Z" or with +01:00: a time without a zone would be the session's.
bool has_zone(std::string_view text) {
  if (text.size() < 16 || text.find('T') != 10) return false;
  const std::string_view time = text.substr(11);
  return time.back() == 'Z' || time.find_first_of("+-") != time.npos;
}

}  // namespace

Window parse_window(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& word : split_text(text, ' '))
    if (!word.empty()) words.push_back(word);
  if (words.size() < 2 || words.size() > 3) refuse(text, "it takes two or three words");
  Window window;
  if (words.size() == 3)
    for (const std::string& name : split_text(words[0], ','))
      window.days.push_back(read_day(text, name));
  else
    window.days = {1, 2, 3, 4, 5, 6, 7};
  const std::string& times = words[words.size() - 2];
  if (times.size() != 11 || times[5] != '-' || !is_time(times.substr(0, 5)) ||
      !is_time(times.substr(6)))
    refuse(text, fmt::format("'{}' are no times", printable(times)));
  window.from = times.substr(0, 5);
  window.to = times.substr(6);
  if (window.from == window.to) refuse(text, "it ends when it begins");
  window.zone = words.back();
  return window;
}

Opening next_opening(postgres::Connection& connection, const Window& window,
                     const std::string& now) {
  const Parameter zone = window.zone;
  if (connection.query("SELECT 1 FROM pg_timezone_names WHERE lower(name) = lower($1)", {&zone, 1})
          .row_count() == 0)
    refuse(window.zone, "the server knows no such time zone");
  std::string days;
  for (const int day : window.days) days += fmt::format("{}{}", days.empty() ? "" : ",", day);
  const std::array<Parameter, 5> parameters{zone, window.from, window.to, "{" + days + "}",
                                            now.empty() ? Parameter() : Parameter(now)};
  // A local time converted to UTC and back is itself, unless the clocks skip it. Of two moments
  // with the same local time the server takes the later; the earlier is half an hour or one before.
  const postgres::Result row = connection.query(
      "WITH asked AS (SELECT coalesce($5::timestamptz, clock_timestamp()) AS now), "
      "day AS (SELECT (now AT TIME ZONE $1)::date + n AS day FROM asked, generate_series(-1, 15) "
      "n), "
      "local AS (SELECT day + $2::time AS opens, day + CASE WHEN $3::time > $2::time THEN 0 ELSE 1 "
      "END + $3::time AS closes FROM day WHERE extract(isodow FROM day) = ANY ($4::int[])), "
      "moment AS (SELECT opens, opens AT TIME ZONE $1 AS at, closes AT TIME ZONE $1 AS until FROM "
      "local), "
      "opening AS (SELECT CASE WHEN ((at - interval '1 hour') AT TIME ZONE $1) = opens THEN at - "
      "interval '1 hour' WHEN ((at - interval '30 minutes') AT TIME ZONE $1) = opens THEN at - "
      "interval '30 minutes' ELSE at END AS at, until FROM moment WHERE (at AT TIME ZONE $1) = "
      "opens) "
      "SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'), "
      "to_char(until AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') "
      "FROM opening, asked WHERE until > now AND until > at ORDER BY at LIMIT 1",
      parameters);
  if (row.row_count() == 0) refuse(window.zone, "it does not open in the next two weeks");
  return {row.text(0, 0), row.text(0, 1)};
}

void check_opening(postgres::Connection& connection, Opening& opening) {
  constexpr const char* form = "write it as 2026-11-29T02:00:00Z or 2026-11-29T03:00:00+01:00";
  for (const std::string& moment : {opening.not_before, opening.not_after})
    if (!has_zone(moment))
      throw Error(errors::bad_time, fmt::format("'{}' is no moment with a zone", printable(moment)),
                  form);
  const std::array<Parameter, 2> parameters{opening.not_before, opening.not_after};
  try {
    const postgres::Result row = connection.query(
        "SELECT b > a, b > clock_timestamp(), to_char(a AT TIME ZONE 'UTC', "
        "'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'), to_char(b AT TIME ZONE 'UTC', "
        "'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') FROM (SELECT $1::timestamptz AS a, "
        "$2::timestamptz AS b) AS given",
        parameters);
    if (!row.boolean(0, 0) || !row.boolean(0, 1))
      throw Error(
          errors::bad_time,
          fmt::format("from '{}' to '{}' is {}", opening.not_before, opening.not_after,
                      row.boolean(0, 0) ? "over already" : "no time at all"),
          "give a moment to come, and --until one after it");
    opening = {row.text(0, 2), row.text(0, 3)};
  } catch (const postgres::SqlError& error) {
    constexpr std::string_view data_exception = "22";
    if (!error.sqlstate().starts_with(data_exception)) throw;
    throw Error(errors::bad_time, error.message(), form);
  }
}

}  // namespace host::review
