// SPDX-License-Identifier: MIT
#include <string>

#include "plugins/common/columns.hpp"
#include "plugins/fpe/strategies.hpp"
#include "plugins/fpe/text_cipher.hpp"

namespace plugins::fpe {
namespace {

struct Digits {
  std::string tweak;
  TooShort too_short = TooShort::fail;
  Outside outside = Outside::fail;
  static constexpr auto params = confiture::params(
      confiture::field("tweak", &Digits::tweak,
                       "A name that keeps columns apart: another one gives other digits", "0..64"),
      confiture::field("too_short", &Digits::too_short,
                       "What to do with a value of fewer than 6 digits",
                       confiture::choices("fail", "null")),
      confiture::field("outside", &Digits::outside,
                       "What to do with a value that holds letters, which would stay readable",
                       confiture::choices("fail", "keep")));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local |
      confiture::StrategyFlag::keeps_unique | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Encrypts the digits of a value, one-to-one.

FF1 of NIST SP 800-38G (AES-256) over the digits; leading zeros count, and everything else keeps its
place. Different values stay different, so unique columns stay unique.

| before | after (depends on the key) |
|---|---|
| `078-05-1120` | `324-43-3806` |
| `0033 1 23 45 67 89` | `5534 8 13 63 59 05` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.patients:
      insurance_number: { use: fpe.digits, with: { tweak: insurance } }
```

The standard asks for a million possible values, so a value needs 6 digits: a shorter one stops the
run, or becomes NULL. Among n possible values one in n is its own replacement. Check digits no
longer hold: finance.card and finance.iban make valid numbers.
)doc";

  void prepare(confiture::Call& call) { cipher.prepare(call, "fpe.digits", "0123456789", tweak); }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "fpe.digits", common::text_types);
  }
  std::optional<std::string_view> rewrite(std::string_view value, confiture::Row& row) {
    return cipher.rewrite(value, too_short, outside, row);
  }

  TextCipher cipher;
};

}  // namespace

confiture::StrategyExtension digits_strategy() {
  return confiture::strategy<Digits>("fpe.digits", "Encrypt the digits of a value, one-to-one");
}

}  // namespace plugins::fpe
