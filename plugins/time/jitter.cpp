// SPDX-License-Identifier: MIT
#include <chrono>
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/keyed.hpp"
#include "plugins/common/moment.hpp"
#include "plugins/time/strategies.hpp"

namespace plugins::time {
namespace {

struct Jitter {
  std::chrono::milliseconds within = std::chrono::hours(24 * 7);
  confiture::Column by;
  static constexpr auto params = confiture::params(
      confiture::field("within", &Jitter::within, "The largest change, in either direction",
                       "1..315360000000"),
      confiture::field("by", &Jitter::by,
                       "A column that the change depends on as well, such as the row's key"));
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Moves each date or time a little, by itself.

The change lies within the bound, is never zero and follows from the value and the key: a second
copy moves each as the first did, so that copies cannot be averaged. Equal values move equally,
unless `by` names a column that tells them apart. A date moves by whole days; a time of whole seconds
by whole seconds, if the bound allows it.

| before | after (depends on the key) |
|---|---|
| `2024-02-29` | `2024-03-06` |
| `2024-02-29 12:30:00` | `2024-02-28 03:39:05` |
| `-infinity` | `-infinity` |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.visits:
      visited_at: { use: time.jitter, with: { within: 2h, by: id } }
```

Two dates of one row move apart from each other, so their order may change: time.shift keeps it.
`infinity` and `-infinity` stay, as they are no date.
)doc";

  void prepare(confiture::Call& call) { hash.derive(call, "time.jitter/1"); }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "time.jitter", {"date", "timestamp", "timestamptz"});
    for (std::size_t index = 0; index < columns.target_count(); ++index)
      if (columns[index].type_name() == "date" && within < std::chrono::hours(24))
        throw confiture::Unsupported("time.jitter within less than a day cannot change column '" +
                                         std::string(columns[index].name()) + "' of type 'date'",
                                     "set `within: 1d` or more");
  }

  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    auto moment = common::read_moment(value);
    if (!moment) return value;
    common::Draw draw(hash, value, row[by].value_or(""));
    const std::int64_t bound = std::chrono::microseconds(within).count();
    const std::int64_t step = step_of(*moment, bound);
    const auto drawn =
        static_cast<std::int64_t>(1 + draw.below64(static_cast<std::uint64_t>(bound / step)));
    const std::int64_t change = (draw.below(2) == 0 ? drawn : -drawn) * step;
    moment->add(change);
    if (!moment->in_range()) moment->add(-2 * change);
    return common::write_moment(*moment, row);
  }

  static std::int64_t step_of(const common::Moment& moment, std::int64_t bound) {
    if (!moment.has_time) return common::one_day;
    if (moment.has_fraction) return 1;
    return bound < common::one_second ? 1000 : common::one_second;
  }

  KeyedHash hash;
};

}  // namespace

confiture::StrategyExtension jitter_strategy() {
  return confiture::strategy<Jitter>("time.jitter", "Move each date or time a little");
}

}  // namespace plugins::time
