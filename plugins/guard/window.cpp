// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/action_common/phases.hpp"
#include "plugins/guard/actions.hpp"

namespace guard {
namespace {

enum class Day { monday, tuesday, wednesday, thursday, friday, saturday, sunday };
constexpr int minutes_a_day = 24 * 60;

// Minutes since midnight: "00:00" to "24:00".
std::optional<int> read_time(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t at : {0, 1, 3, 4})
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  const int total = hours * 60 + minutes;
  if (minutes > 59 || total > minutes_a_day) return std::nullopt;
  return total;
}

struct Window {
  std::string from, to, zone;
  std::vector<Day> days{Day::monday, Day::tuesday,  Day::wednesday, Day::thursday,
                        Day::friday, Day::saturday, Day::sunday};
  static constexpr auto params = confiture::params(
      confiture::field("from", &Window::from, "When it opens, 00:00 to 24:00", "5..5").required(),
      confiture::field("to", &Window::to, "When it closes; a time before `from` is on the next day",
                       "5..5")
          .required(),
      confiture::field("zone", &Window::zone, "The time zone of these times, such as Europe/Paris",
                       "1..")
          .required(),
      confiture::field("days", &Window::days, "The days on which it opens",
                       confiture::choices("monday", "tuesday", "wednesday", "thursday", "friday",
                                          "saturday", "sunday")));
  static constexpr const char* doc = R"doc(Stops outside a maintenance window.

The time is the database server's, and so is the knowledge of zones: it follows the daylight-saving
rules of `zone` as the server's time zone data has them. A window that runs past midnight belongs to
the day on which it opens. Asked at the moment at which the hook runs: bind it to `pre_execute`, and
it is asked again before each migration.

```yaml
hooks:
  pre_execute:
    - action: guard.window
      with:
        days: [monday, tuesday, wednesday, thursday]
        from: "22:00"
        to: "04:00"
        zone: Europe/Paris
      environments: [production]
```

> it is Fri 22:30 in Europe/Paris; the maintenance window is 22:00 to 04:00 on monday, tuesday,
> wednesday and thursday
)doc";

  void prepare(confiture::Call&) const {
    const std::optional<int> opens = read_time(from), closes = read_time(to);
    if (!opens || !closes)
      throw confiture::BadConfig("`" + std::string(opens ? "to" : "from") + "` is not a time",
                                 "write hours and minutes: \"22:00\"");
    if (*opens == *closes)
      throw confiture::BadConfig("`from` and `to` are the same time",
                                 "for a whole day: from \"00:00\" to \"24:00\"");
  }

  void run(const confiture::Event&, confiture::Context& context) const {
    const confiture::Result now = local_time(context);
    const int day = std::atoi(std::string(now.at(0, 0).value_or("")).c_str()) - 1;
    const int minute = std::atoi(std::string(now.at(0, 1).value_or("")).c_str());
    if (is_open(day, minute)) return;
    throw confiture::Error("it is " + std::string(now.at(0, 2).value_or("")) + " in " + zone +
                               "; the maintenance window is " + from + " to " + to + on_days(),
                           "wait for it, or change the hook's `with:`");
  }

 private:
  confiture::Result local_time(confiture::Context& context) const {
    try {
      return context.query(
          "SELECT pg_catalog.date_part('isodow', t)::int4, "
          "(pg_catalog.date_part('hour', t) * 60 + pg_catalog.date_part('minute', t))::int4, "
          "pg_catalog.to_char(t, 'Dy HH24:MI') "
          "FROM (SELECT pg_catalog.clock_timestamp() AT TIME ZONE $1) AS here (t)",
          {zone});
    } catch (const confiture::DatabaseError&) {
      throw confiture::Error("the server cannot tell the time in zone '" + zone + "'",
                             "zones are named as in pg_timezone_names: Europe/Paris");
    }
  }
  bool opens_on(int day) const {
    return std::find(days.begin(), days.end(), static_cast<Day>(day)) != days.end();
  }
  bool is_open(int day, int minute) const {
    const int opens = *read_time(from), closes = *read_time(to);
    if (opens < closes) return opens_on(day) && minute >= opens && minute < closes;
    return (opens_on(day) && minute >= opens) || (opens_on((day + 6) % 7) && minute < closes);
  }
  std::string on_days() const {
    constexpr std::array<const char*, 7> names{"monday", "tuesday",  "wednesday", "thursday",
                                               "friday", "saturday", "sunday"};
    if (days.size() >= names.size()) return "";
    std::string text = " on ";
    for (std::size_t index = 0; index < days.size(); ++index) {
      if (index > 0) text += index + 1 == days.size() ? " and " : ", ";
      text += names[static_cast<std::size_t>(days[index])];
    }
    return text;
  }
};

}  // namespace

confiture::ActionExtension window_action() {
  return confiture::action<Window>("guard.window", "Stop outside a maintenance window",
                                   action_common::before_phases);
}

}  // namespace guard
