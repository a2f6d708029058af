// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <vector>

#include "plugins/common/columns.hpp"
#include "plugins/common/keyed.hpp"
#include "plugins/core/strategies.hpp"

namespace core {
namespace {

struct Choice {
  std::vector<std::string> values;
  std::vector<std::int64_t> weights;
  confiture::Column by;
  static constexpr auto params = confiture::params(
      confiture::field("values", &Choice::values, "What to choose from, as PostgreSQL reads it")
          .required(),
      confiture::field("weights", &Choice::weights,
                       "How often each comes, in the same order; without them all come equally",
                       "1..1000000"),
      confiture::field("by", &Choice::by,
                       "The column that the choice follows from, such as the row's key"));
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Replaces every value by one of a list.

The choice follows from the key and the column named by `by`, so that the old value has no influence.
Without `by` it follows from the value: equal ones get equal results. Then a column of few different
values, such as a status, can be read back by counting: name a column, such as the row's key.

| before | after (values: [red, green, blue], depends on the key) |
|---|---|
| `#c0ffee` | `green` |
| `mauve` | `blue` |
| (empty) | one of the list |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.customers:
      plan: { use: core.choice, with: { values: [free, basic, pro], weights: [80, 15, 5], by: id } }
```

The column may have any type that takes the values, such as an enum. The result may be the original,
by chance: leaving that out would tell what it was not.
)doc";

  void prepare(confiture::Call& call) {
    if (values.empty()) throw confiture::BadConfig("'values' is empty");
    if (weights.empty()) weights.assign(values.size(), 1);
    if (weights.size() != values.size())
      throw confiture::BadConfig("'weights' needs one number for each of the 'values'");
    std::uint64_t sum = 0;
    for (const std::int64_t weight : weights)
      ends.push_back(sum += static_cast<std::uint64_t>(weight));
    hash.derive(call, "core.choice/1");
  }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    padded = columns[0].type_name() == "bpchar";
  }
  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    const auto chooser = row[by];
    const std::string_view old = padded ? plugins::common::unpadded(value) : value;
    plugins::common::Draw draw(hash, chooser.value_or(old), chooser ? "by" : "value");
    const std::uint64_t drawn = draw.below64(ends.back());
    const auto chosen = std::upper_bound(ends.begin(), ends.end(), drawn) - ends.begin();
    return row.keep(values[static_cast<std::size_t>(chosen)]);
  }

  plugins::KeyedHash hash;
  std::vector<std::uint64_t> ends;  // of each value's share of the sum
  bool padded = false;
};

}  // namespace

confiture::StrategyExtension choice_strategy() {
  return confiture::strategy<Choice>("core.choice", "Replace every value by one of a list");
}

}  // namespace core
