// SPDX-License-Identifier: MIT
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/scramble.hpp"
#include "plugins/finance/strategies.hpp"

namespace plugins::finance {
namespace {

struct Account {
  std::int64_t keep_last = 0;
  static constexpr auto params = confiture::params(confiture::field(
      "keep_last", &Account::keep_last, "Letters and digits left readable at the end", "0..4"));
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Replaces an account, customer or routing number.

Digits become digits and letters become letters of the same case, chosen under the key; separators
and length stay. At least one character changes. `keep_last` leaves the end readable, as statements
print it, except in numbers that would then not change.

| before | after (depends on the key) |
|---|---|
| `20-41-06 73914207` | `09-86-69 45506190` |
| `GB/CUST-0042` | `LA/YHOL-6481` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.accounts:
      number: { use: finance.account, with: { keep_last: 4 } }
```

Two numbers may become one, the more likely the shorter they are: a unique column needs fpe.digits
or fpe.text.
)doc";

  void prepare(confiture::Call& call) { hash.derive(call, "finance.account/1"); }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "finance.account", common::text_types);
  }
  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    const std::string_view number = common::unpadded(value);
    common::Draw draw(hash, number);
    const std::string_view replaced =
        common::scramble(number, draw, row, {0, static_cast<std::size_t>(keep_last)});
    return replaced == number ? common::scramble(number, draw, row) : replaced;
  }

  KeyedHash hash;
};

}  // namespace

confiture::StrategyExtension account_strategy() {
  return confiture::strategy<Account>("finance.account",
                                      "Replace an account number, its form kept");
}

}  // namespace plugins::finance
