// SPDX-License-Identifier: MIT
#include <algorithm>
#include <optional>
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/moment.hpp"
#include "plugins/person/strategies.hpp"

namespace person {
namespace {

struct DateOfBirth {
  std::int64_t band = 1;
  std::optional<std::int64_t> as_of;
  static constexpr auto params = confiture::params(
      confiture::field("band", &DateOfBirth::band, "Years that become one: 1 keeps the year",
                       "1..100"),
      confiture::field("as_of", &DateOfBirth::as_of,
                       "The year that ages are counted in: all who turn 90 in it or before become "
                       "as old as one another",
                       "1900..9999"));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local;
  static constexpr const char* doc = R"doc(Keeps of a date of birth the year, or a band of years.

The date becomes the first of January of the year in which its band begins. With `as_of`, all people
whose 90th birthday lies in that year or before it get one date: HIPAA's Safe Harbor allows years but
no ages over 89.

| before | after (band: 5, as_of: 2025) |
|---|---|
| `1984-07-21` | `1980-01-01` |
| `1931-02-03` | `1935-01-01` |
| `1899-12-31` | `1935-01-01` |
| `infinity` | `infinity` |
| NULL | NULL |

```yaml
anonymization:
  tables:
    public.patients:
      born: { use: person.date_of_birth, with: { band: 5, as_of: 2025 } }
```

Bands begin with years that `band` divides. A date that is such a beginning stays as it is. time.shift
keeps whole dates apart instead, and time.truncate keeps months.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    plugins::common::require_types(columns, "person.date_of_birth",
                                   {"date", "timestamp", "timestamptz"});
  }
  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    auto moment = plugins::common::read_moment(value);
    if (!moment) return value;
    const std::int64_t born = plugins::common::civil_date(moment->days).year;
    std::int64_t year = born - ((born % band) + band) % band;
    if (as_of) year = std::max(year, *as_of - 90);
    moment->days = plugins::common::days_of({year, 1, 1});
    moment->time_of_day = 0;
    return moment->in_range() ? plugins::common::write_moment(*moment, row) : value;
  }
};

}  // namespace

confiture::StrategyExtension date_of_birth_strategy() {
  return confiture::strategy<DateOfBirth>("person.date_of_birth",
                                          "Keep the year or a band of years");
}

}  // namespace person
