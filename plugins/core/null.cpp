// SPDX-License-Identifier: MIT
#include "plugins/core/strategies.hpp"

namespace core {
namespace {

struct Null {
  // A unique index takes any number of NULLs.
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local |
                                confiture::StrategyFlag::keeps_unique;
  static constexpr const char* doc = R"doc(Replaces every value by NULL.

| before | after |
|---|---|
| `allergic to nuts` | NULL |
| NULL | NULL |

```yaml
anonymization:
  tables:
    public.patients:
      notes: core.null
```

A column that is NOT NULL is refused before anything is copied.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    for (std::size_t i = 0; i < columns.target_count(); ++i)
      if (!columns[i].is_nullable())
        throw confiture::Unsupported("the column is NOT NULL",
                                     "core.redact puts a fixed text there instead");
  }

  void apply(confiture::Batch& batch) {
    for (std::size_t target = 0; target < batch.target_count(); ++target)
      for (std::size_t row = 0; row < batch.row_count(); ++row) batch.set_null(target, row);
  }
};

}  // namespace

confiture::StrategyExtension null_strategy() {
  return confiture::strategy<Null>("core.null", "Replace every value by NULL");
}

}  // namespace core
