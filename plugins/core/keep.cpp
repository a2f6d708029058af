// SPDX-License-Identifier: MIT
#include "plugins/core/strategies.hpp"

namespace core {
namespace {

struct Keep {
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local |
                                confiture::StrategyFlag::keeps_unique;
  static constexpr const char* doc = R"doc(Leaves every value as it is.

For the branches of a condition. A whole column is kept with `{ keep: "reason" }` instead, so that
the reason is written down.

| before | after |
|---|---|
| `4111 1111 1111 1111` | `4111 1111 1111 1111` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  strategies:
    card_unless_test:
      when: { column: is_test, equals: true }
      then: core.keep
      else: finance.card
```
)doc";

  void apply(confiture::Batch&) {}
};

}  // namespace

confiture::StrategyExtension keep_strategy() {
  return confiture::strategy<Keep>("core.keep", "Leave every value as it is");
}

}  // namespace core
