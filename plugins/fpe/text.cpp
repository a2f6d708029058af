// SPDX-License-Identifier: MIT
#include <array>
#include <string>

#include "plugins/common/columns.hpp"
#include "plugins/fpe/strategies.hpp"
#include "plugins/fpe/text_cipher.hpp"

namespace plugins::fpe {
namespace {

enum class Set { digits, lower, upper, letters, lower_digits, upper_digits, alphanumeric };

std::string_view characters_of(Set set) {
  constexpr std::string_view all = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  switch (set) {
    case Set::digits:
      return all.substr(0, 10);
    case Set::lower:
      return all.substr(10, 26);
    case Set::upper:
      return all.substr(36);
    case Set::letters:
      return all.substr(10);
    case Set::lower_digits:
      return all.substr(0, 36);
    case Set::upper_digits:
      return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    case Set::alphanumeric:
      break;
  }
  return all;
}

struct Text {
  Set alphabet = Set::alphanumeric;
  std::string characters;
  std::string tweak;
  TooShort too_short = TooShort::fail;
  Outside outside = Outside::fail;
  static constexpr auto params = confiture::params(
      confiture::field("alphabet", &Text::alphabet,
                       "The characters that are replaced by each other",
                       confiture::choices("digits", "lower", "upper", "letters", "lower_digits",
                                          "upper_digits", "alphanumeric")),
      confiture::field("characters", &Text::characters,
                       "The alphabet spelled out, in place of `alphabet`", "0..65536"),
      confiture::field("tweak", &Text::tweak,
                       "A name that keeps columns apart: another one gives other texts", "0..64"),
      confiture::field("too_short", &Text::too_short,
                       "What to do with a value of too few characters of the alphabet",
                       confiture::choices("fail", "null")),
      confiture::field("outside", &Text::outside,
                       "What to do with letters and digits outside the alphabet",
                       confiture::choices("fail", "keep")));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local |
      confiture::StrategyFlag::keeps_unique | confiture::StrategyFlag::keyed;
  static constexpr const char* doc =
      R"doc(Encrypts a text into another of the same length and alphabet, one-to-one.

FF1 of NIST SP 800-38G (AES-256) over the characters of the alphabet: `digits`, `lower`, `upper`,
`letters`, `lower_digits` (0-9a-z), `upper_digits` (0-9A-Z), `alphanumeric` (0-9a-zA-Z), or your own
`characters`. Punctuation and blanks keep their places. Different values stay different, so unique
columns stay unique.

| before | after (depends on the key) |
|---|---|
| `ORD-2024-00042` | `AT1-X8HS-oxKob` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.orders:
      reference: { use: fpe.text, with: { alphabet: upper_digits, tweak: orders } }
```

The standard asks for a million possible values: a value needs 6 digits, 5 letters of one case, or 4
characters of 62. A shorter one stops the run, or becomes NULL. A letter or digit outside the
alphabet would stay readable, so it stops the run, unless `outside` is `keep`. Among n possible
values one in n is its own replacement.
)doc";

  void prepare(confiture::Call& call) {
    cipher.prepare(call, "fpe.text", characters.empty() ? characters_of(alphabet) : characters,
                   tweak);
  }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "fpe.text", common::text_types);
  }
  std::optional<std::string_view> rewrite(std::string_view value, confiture::Row& row) {
    return cipher.rewrite(value, too_short, outside, row);
  }

  TextCipher cipher;
};

}  // namespace

confiture::StrategyExtension text_strategy() {
  return confiture::strategy<Text>("fpe.text", "Encrypt a text, its form kept, one-to-one");
}

}  // namespace plugins::fpe
