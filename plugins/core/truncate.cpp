// SPDX-License-Identifier: MIT
#include "plugins/common/columns.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/core/strategies.hpp"

namespace core {
namespace {

struct Truncate {
  std::int64_t length = 0;
  static constexpr auto params = confiture::params(
      confiture::field("length", &Truncate::length, "Characters that stay", "1..1000000")
          .required());
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local;
  static constexpr const char* doc = R"doc(Cuts a text after some characters.

| before | after (length: 3) |
|---|---|
| `75011 Paris` | `750` |
| `été 2024` | `été` |
| `ab` | `ab` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  tables:
    public.customers:
      postcode: { use: core.truncate, with: { length: 2 } }
```

A text that is no longer stays as it is: privacy.generalize always leaves something out.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    plugins::common::require_types(columns, "core.truncate", plugins::common::text_types);
  }
  std::string_view rewrite(std::string_view value) const {
    return plugins::common::cut(value, static_cast<std::size_t>(length));
  }
};

}  // namespace

confiture::StrategyExtension truncate_strategy() {
  return confiture::strategy<Truncate>("core.truncate", "Cut a text after some characters");
}

}  // namespace core
