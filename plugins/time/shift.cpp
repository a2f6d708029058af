// SPDX-License-Identifier: MIT
#include <chrono>
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/keyed.hpp"
#include "plugins/common/moment.hpp"
#include "plugins/time/strategies.hpp"

namespace plugins::time {
namespace {

struct Shift {
  confiture::Column by;
  std::chrono::milliseconds max = std::chrono::hours(24 * 365);
  static constexpr auto params = confiture::params(
      confiture::field("by", &Shift::by,
                       "The column that says whose date it is: one person, one shift")
          .required(),
      confiture::field("max", &Shift::max, "The largest shift, in whole days and either direction",
                       "86400000..315360000000"));
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local | confiture::StrategyFlag::keyed;
  static constexpr const char* doc =
      R"doc(Moves all dates of one person, or of another entity, by the same number of days.

`by` names a column of the same row that says whose date it is. The shift follows from its value and
the key, in every table and every run: the order of one entity's dates, the days between them and
the time of day stay, and a CHECK such as `shipped >= ordered` still holds. It is never zero.

| before | after (depends on the key) |
|---|---|
| `2024-02-29` | `2023-07-21` |
| `2024-03-01 09:30:00.25+00` | `2023-07-22 09:30:00.25+00` |
| `0044-03-15 BC` | `0045-08-04 BC` |
| `infinity` | `infinity` |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.customers:
      created_at: { use: time.shift, with: { by: id, max: 180d } }
    public.orders:
      ordered_at: { use: time.shift, with: { by: customer_id, max: 180d } }
      shipped_at: { use: time.shift, with: { by: customer_id, max: 180d } }
```

Give the same `max` wherever the same entity appears. Rows without an entity (NULL) share one shift.
`infinity` and `-infinity` stay, as they are no date; a date near the end of what PostgreSQL can
hold moves the other way. Whoever knows one true date of an entity knows them all.
)doc";

  void prepare(confiture::Call& call) { hash.derive(call, "time.shift/1"); }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "time.shift", {"date", "timestamp", "timestamptz"});
  }

  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    auto moment = common::read_moment(value);
    if (!moment) return value;
    // The entity, and whether it has a value at all.
    const auto entity = row[by];
    common::Draw draw(hash, entity.value_or(""), entity ? "entity" : "none");
    const auto days = static_cast<std::uint64_t>(max / std::chrono::hours(24));
    const auto drawn = static_cast<std::int64_t>(1 + draw.below64(days));
    const std::int64_t shift = draw.below(2) == 0 ? drawn : -drawn;
    moment->days += shift;
    if (!moment->in_range()) moment->days -= 2 * shift;
    return common::write_moment(*moment, row);
  }

  KeyedHash hash;
};

}  // namespace

confiture::StrategyExtension shift_strategy() {
  return confiture::strategy<Shift>("time.shift", "Move all dates of one entity by the same days");
}

}  // namespace plugins::time
