// SPDX-License-Identifier: MIT
#include <string>

#include "plugins/core/strategies.hpp"

namespace core {
namespace {

struct Constant {
  std::string value;
  bool fill_null = false;
  static constexpr auto params =
      confiture::params(confiture::field("value", &Constant::value,
                                         "What stands there instead, as PostgreSQL reads it")
                            .required(),
                        confiture::field("fill_null", &Constant::fill_null, "Also replace NULL"));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local;
  static constexpr const char* doc = R"doc(Replaces every value by one that you name.

The column may have any type that reads the value: a date, a number, a jsonb document.

| before | after (value: 1970-01-01) |
|---|---|
| `1984-07-21` | `1970-01-01` |
| NULL | NULL, or the value with `fill_null` |

```yaml
anonymization:
  tables:
    public.users:
      password_changed: { use: core.constant, with: { value: "1970-01-01" } }
      settings: { use: core.constant, with: { value: "{}", fill_null: true } }
```
)doc";

  std::string_view rewrite(std::string_view, confiture::Row& row) const { return row.keep(value); }
  std::optional<std::string_view> rewrite_null(confiture::Row& row) const {
    if (!fill_null) return std::nullopt;
    return row.keep(value);
  }
};

}  // namespace

confiture::StrategyExtension constant_strategy() {
  return confiture::strategy<Constant>("core.constant", "Replace every value by one that you name");
}

}  // namespace core
