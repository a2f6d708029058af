// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>

#include "plugins/core/strategies.hpp"
#include "plugins/text_column.hpp"

namespace core {
namespace {

std::int64_t count_characters(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xc0') != '\x80'; });
}

struct Redact {
  std::string with = "[redacted]";
  static constexpr auto params =
      confiture::params(confiture::field("with", &Redact::with, "What stands there instead"));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local;
  static constexpr const char* doc = R"doc(Replaces every value by one fixed text.

| before | after |
|---|---|
| `moved to Lyon in May` | `[redacted]` |
| (empty) | `[redacted]` |
| NULL | NULL |

```yaml
anonymization:
  tables:
    public.orders:
      remark: { use: core.redact, with: { with: "removed" } }
```

All values become equal, so a column in a unique index is refused. That a value was NULL stays
visible.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    plugins::require_text_columns(columns, count_characters(with));
  }

  std::string_view rewrite(std::string_view) const { return with; }
};

}  // namespace

confiture::StrategyExtension redact_strategy() {
  return confiture::strategy<Redact>("core.redact", "Replace every value by a fixed text");
}

}  // namespace core
