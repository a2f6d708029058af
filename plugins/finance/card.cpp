// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/keyed_rows.hpp"
#include "plugins/common/scramble.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/finance/strategies.hpp"

namespace plugins::finance {
namespace {

constexpr std::size_t least_digits = 12;
constexpr std::size_t most_digits = 19;
constexpr std::size_t least_replaced = 4;

// What a digit adds to Luhn's sum; `from_right` counts from 0, the check digit.
unsigned luhn_share(char digit, std::size_t from_right) {
  const auto value = static_cast<unsigned>(digit - '0');
  if (from_right % 2 == 0) return value;
  return value < 5 ? value * 2 : value * 2 - 9;
}

struct Card {
  std::int64_t keep_first = 1;
  std::int64_t keep_last = 0;
  static constexpr auto params = confiture::params(
      confiture::field("keep_first", &Card::keep_first,
                       "Leading digits that stay: 1 the network, 6 or 8 the issuer (BIN)", "0..8"),
      confiture::field("keep_last", &Card::keep_last, "Digits that stay at the end", "0..4"));
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Replaces a card number by another valid one.

The new number has as many digits, separators where they were, and a check digit that holds (Luhn).
The first digit, which is the network's, stays unless `keep_first` is 0; 6 or 8 keep the issuer's
number (BIN). `keep_last: 4` leaves what a receipt shows. At least four digits are always replaced:
of a short number fewer leading ones stay.

| before | after (depends on the key) |
|---|---|
| `4111 1111 1111 1111` | `4352 7953 2894 2553` |
| `5500-0055-5555-5559` | `5886-2697-7931-3583` |
| `378282246310005` | `310839643974021` |
| `n/a` | `r/t` |
| (empty) | (empty) |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.payments:
      card: { use: finance.card, with: { keep_last: 4 } }
```

A value that is no card number (12 to 19 digits with spaces, dots and hyphens) has its letters and
digits replaced. The same number becomes the same new one; among a million numbers two may become
one, so a unique column needs fpe.digits. First six and last four together are what PCI DSS lets a
receipt show; they are still a part of the number, which HIPAA's Safe Harbor does not allow.
)doc";

  void prepare(confiture::Call& call) { hash.derive(call, "finance.card/1"); }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "finance.card", common::text_types);
  }

  // The digits alone decide, however they are grouped.
  void apply(confiture::Batch& batch) const {
    common::rewrite_keyed<common::Draw::block_size>(
        batch, hash,
        [](std::string_view value, std::size_t, std::string& room) {
          const std::string_view text = common::unpadded(value);
          std::array<char, most_digits> digits;
          const std::size_t count = read(text, digits);
          if (count == 0) return text;
          room.assign(digits.data(), count);
          return std::string_view(room);
        },
        [&](std::string_view value, std::size_t, const common::Draw::Block& block) {
          return number(common::unpadded(value), common::Draw(hash, block), batch);
        });
  }

  std::string_view number(std::string_view text, common::Draw draw,
                          const confiture::Call& call) const {
    std::array<char, most_digits> digits;
    const std::size_t count = read(text, digits);
    if (count == 0) return common::scramble(text, draw, call);
    replace(digits, count, draw);
    char* const out = call.allocate(text.size());
    const char* digit = digits.data();
    for (std::size_t index = 0; index < text.size(); ++index)
      out[index] = common::is_digit(text[index]) ? *digit++ : text[index];
    return {out, text.size()};
  }

  // The digits, or 0 if it is no card number.
  static std::size_t read(std::string_view text, std::array<char, most_digits>& digits) {
    std::size_t count = 0;
    for (const char c : text) {
      if (common::is_digit(c)) {
        if (count == most_digits) return 0;
        digits[count++] = c;
      } else if (c != ' ' && c != '-' && c != '.') {
        return 0;
      }
    }
    return count < least_digits ? 0 : count;
  }

  void replace(std::array<char, most_digits>& digits, std::size_t count, common::Draw& draw) const {
    const auto before = digits;
    const std::size_t last = count - static_cast<std::size_t>(keep_last);
    const std::size_t first = std::min(static_cast<std::size_t>(keep_first), last - least_replaced);
    do {
      for (std::size_t index = first; index + 1 < last; ++index) digits[index] = draw.digit();
      if (first == 0) digits[0] = static_cast<char>('3' + draw.below(4));
      solve(digits, count, last - 1);
    } while (digits == before);
  }

  // Sets the one digit at `free` so that Luhn's sum is a multiple of ten: the shares of the ten
  // digits are ten different numbers.
  static void solve(std::array<char, most_digits>& digits, std::size_t count, std::size_t free) {
    unsigned sum = 0;
    for (std::size_t index = 0; index < count; ++index)
      if (index != free) sum += luhn_share(digits[index], count - 1 - index);
    for (digits[free] = '0'; (sum + luhn_share(digits[free], count - 1 - free)) % 10 != 0;)
      ++digits[free];
  }

  KeyedHash hash;
};

}  // namespace

confiture::StrategyExtension card_strategy() {
  return confiture::strategy<Card>("finance.card", "Replace a card number by another valid one");
}

}  // namespace plugins::finance
