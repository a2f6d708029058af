// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "plugins/common/keyed.hpp"
#include "plugins/core/strategies.hpp"

namespace core {
namespace {

struct Shuffle {
  static constexpr auto flags =
      confiture::StrategyFlag::keeps_unique | confiture::StrategyFlag::keyed;
  static constexpr const char* doc =
      R"doc(Hands the values of a column round among the rows that are copied together.

Every value stays in the table, but in another row of its batch (some thousands of rows), so that
counts, sums and the distribution hold. NULL stays where it is.

| row | before | after, for example |
|---|---|---|
| 1 | 1984-07-21 | 1990-01-02 |
| 2 | 1990-01-02 | 1975-11-30 |
| 3 | 1975-11-30 | 1984-07-21 |
| 4 | NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.patients:
      weight: core.shuffle
```

Only for values that point at nobody by themselves: a rare one is still there to be seen. The only
value of a batch stays in its row. Which row gets which value depends on how rows are batched.
)doc";

  void prepare(confiture::Call& call) { hash.derive(call, "core.shuffle/1"); }

  void apply(confiture::Batch& batch) {
    plugins::common::Draw draw(hash, std::to_string(batch.first_row()));
    for (std::size_t target = 0; target < batch.target_count(); ++target) {
      rows.clear();
      for (std::size_t row = 0; row < batch.row_count(); ++row)
        if (batch.value(target, row)) rows.push_back(row);
      // Sattolo's algorithm: one cycle through all rows, so that none keeps its own.
      takes = rows;
      for (std::size_t index = takes.size(); index-- > 1;)
        std::swap(takes[index], takes[draw.below(static_cast<std::uint32_t>(index))]);
      for (std::size_t index = 0; index < rows.size(); ++index)
        batch.set(target, rows[index], *batch.value(target, takes[index]));
      batch.stop_if_cancelled();
    }
  }

  plugins::KeyedHash hash;
  std::vector<std::size_t> rows, takes;  // kept, so that they allocate once
};

}  // namespace

confiture::StrategyExtension shuffle_strategy() {
  return confiture::strategy<Shuffle>("core.shuffle", "Hand the values round within a batch");
}

}  // namespace core
