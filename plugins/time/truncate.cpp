// SPDX-License-Identifier: MIT
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/moment.hpp"
#include "plugins/time/strategies.hpp"

namespace plugins::time {
namespace {

using common::Unit;

struct Truncate {
  Unit to = Unit::month;
  static constexpr auto params = confiture::params(
      confiture::field("to", &Truncate::to, "What stays",
                       confiture::choices("decade", "year", "quarter", "month", "week", "day",
                                          "hour", "minute", "second")));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local;
  static constexpr const char* doc =
      R"doc(Puts the beginning of its year, month or hour in place of a time, as date_trunc does.

| before | after (to: month) |
|---|---|
| `2024-02-29` | `2024-02-01` |
| `2024-02-29 12:30:00+00` | `2024-02-01 00:00:00+00` |
| `0044-03-15 BC` | `0044-03-01 BC` |
| `infinity` | `infinity` |
| NULL | NULL |

```yaml
anonymization:
  tables:
    public.patients:
      born: { use: time.truncate, with: { to: year } }
      admitted_at: { use: time.truncate, with: { to: month } }
```

A week begins on Monday. A timestamptz is cut in the time zone that the copy runs in. A value that
is such a beginning stays as it is. Columns of type time and timetz take hour, minute and second.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "time.truncate",
                          {"date", "timestamp", "timestamptz", "time", "timetz"});
    for (std::size_t index = 0; index < columns.target_count(); ++index)
      require_unit(columns[index]);
  }
  void require_unit(const confiture::Node& column) const {
    const bool clock = common::is_one_of(column.type_name(), {"time", "timetz"});
    const bool wrong = clock ? to < Unit::hour : column.type_name() == "date" && to >= Unit::day;
    if (!wrong) return;
    throw confiture::Unsupported(
        "time.truncate to this unit does not suit column '" + std::string(column.name()) +
            "' of type '" + std::string(column.type_name()) + "'",
        clock ? "choose hour, minute or second" : "choose decade, year, quarter, month or week");
  }

  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    auto moment = common::read_moment(value);
    if (!moment) return value;
    common::truncate(*moment, to);
    if (!moment->in_range()) return value;
    return common::write_moment(*moment, row);
  }
};

}  // namespace

confiture::StrategyExtension truncate_strategy() {
  return confiture::strategy<Truncate>("time.truncate", "Keep the year, month or hour of a time");
}

}  // namespace plugins::time
