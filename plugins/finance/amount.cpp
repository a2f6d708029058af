// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/decimal.hpp"
#include "plugins/common/keyed.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/finance/strategies.hpp"

namespace plugins::finance {
namespace {

constexpr std::uint64_t one = 1000000;  // the factor 1, in millionths
constexpr std::size_t factor_digits = 7;

// Writes digits * factor / one, rounded, as digits.size() + 1 digits.
void multiply(std::string_view digits, std::uint64_t factor, char* product) {
  const std::size_t size = digits.size() + factor_digits;  // of the whole product
  std::uint64_t carry = 0;
  char dropped = '0';
  for (std::size_t index = 0; index < size; ++index) {  // from the right
    if (index < digits.size())
      carry += static_cast<std::uint64_t>(digits[digits.size() - 1 - index] - '0') * factor;
    const char digit = static_cast<char>('0' + carry % 10);
    carry /= 10;
    if (index + 1 < factor_digits)
      dropped = digit;
    else
      product[size - 1 - index] = digit;
  }
  if (dropped < '5') return;
  char* last = product + digits.size();
  while (*last == '9') *last-- = '0';
  ++*last;
}

// One more in the last place, or one less where that would be too much.
void step(std::string_view digits, std::string_view largest, char* product) {
  product[0] = '0';
  std::copy(digits.begin(), digits.end(), product + 1);
  const bool nines = digits.find_first_not_of('9') == std::string_view::npos;
  char* last = product + digits.size();
  if (nines || (!largest.empty() && common::compare_digits(digits, largest) >= 0)) {
    --*last;  // no 0: it ends in 9, or it is the largest or the smallest of its type
    return;
  }
  while (*last == '9') *last-- = '0';
  ++*last;
}

struct Amount {
  double ratio = 0.1;
  confiture::Column by;
  static constexpr auto params = confiture::params(
      confiture::field("ratio", &Amount::ratio, "The largest change, as a part of the amount",
                       "0.0001..0.9"),
      confiture::field("by", &Amount::by,
                       "A column that the change depends on as well, such as the row's key"));
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Moves an amount up or down by a part of itself.

The part is chosen evenly up to `ratio`, under the key: a second copy moves each amount as the first
did, so that copies cannot be averaged to find the original. Equal amounts move equally, unless `by`
names a column that tells them apart. Sign and decimals stay, and an amount never gets more digits
before the point than it had, so that it fits its column. An amount too small to move by its part
moves by one in the last place.

| before | after (depends on the key) |
|---|---|
| `1250.00` | `1302.66` |
| `-19.99` | `-21.35` |
| `3` | `4` |
| `0.00` | `0.00` |
| `NaN` | `NaN` |
| `-Infinity` | `-Infinity` |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.orders:
      total: { use: finance.amount, with: { ratio: 0.05, by: id } }
```

Zero, NaN and the infinities stay: they carry no amount. Amounts of one row move apart from each
other, so a total no longer is the sum of its lines.
)doc";

  void prepare(confiture::Call& call) { hash.derive(call, "finance.amount/1"); }
  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "finance.amount",
                          {"numeric", "int2", "int4", "int8", "float4", "float8"});
    single = columns[0].type_name() == "float4";
    largest = common::largest_of(columns[0].type_name());
  }

  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    const auto number = common::read_decimal(value);
    if (!number) return value;
    const std::string_view sign = number->negative ? "-" : "";
    char* const digits = row.allocate(number->whole.size() + number->fraction.size() + 1);
    char* end = std::copy(number->whole.begin(), number->whole.end(), digits);
    end = std::copy(number->fraction.begin(), number->fraction.end(), end);
    const std::string_view before(digits, static_cast<std::size_t>(end - digits));
    if (before.find_first_not_of('0') == std::string_view::npos) return value;

    common::Draw draw(hash, value, row[by].value_or(""));
    const auto most = std::max(std::uint64_t{1}, static_cast<std::uint64_t>(ratio * one));
    const std::uint64_t change = 1 + draw.below64(most);
    const bool up = draw.below(2) == 1;
    if (!number->exponent.empty()) return scale(value, up ? one + change : one - change, row);

    char* const product = row.allocate(before.size() + 2);
    const std::string_view after(product, before.size() + 1);
    multiply(before, up ? one + change : one - change, product);
    if (up && !fits(after, before)) multiply(before, one - change, product);
    if (is_zero(after) || common::compare_digits(after, before) == 0)
      step(before, largest, product);
    return write(sign, after, number->fraction.size(), row);
  }

  bool fits(std::string_view after, std::string_view before) const {
    const std::size_t first = std::min(before.find_first_not_of('0'), before.size());
    return after.find_first_not_of('0') > first &&
           (largest.empty() || common::compare_digits(after, largest) <= 0);
  }
  static bool is_zero(std::string_view digits) {
    return digits.find_first_not_of('0') == std::string_view::npos;
  }

  static std::string_view write(std::string_view sign, std::string_view digits, std::size_t scale,
                                const confiture::Row& row) {
    const std::size_t whole = digits.size() - scale;
    const std::size_t first = std::min(digits.find_first_not_of('0'), whole - 1);
    char* const begin = row.allocate(sign.size() + digits.size() + 1);
    char* end = std::copy(sign.begin(), sign.end(), begin);
    end = std::copy(digits.begin() + first, digits.begin() + whole, end);
    if (scale > 0) *end++ = '.';
    end = std::copy(digits.begin() + whole, digits.end(), end);
    return {begin, static_cast<std::size_t>(end - begin)};
  }

  // A float that is written with an exponent: its own arithmetic will do.
  std::string_view scale(std::string_view value, std::uint64_t factor,
                         const confiture::Row& row) const {
    double number = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    if (read.ec != std::errc()) return value;
    const double part = static_cast<double>(factor) / one;
    double moved = number * part;
    const double limit = single ? 3.4e38 : 1.79e308;
    if (moved > limit || moved < -limit) moved = number * (2 - part);
    constexpr std::size_t room = 32;
    char* const begin = row.allocate(room);
    const auto written = single ? std::to_chars(begin, begin + room, static_cast<float>(moved))
                                : std::to_chars(begin, begin + room, moved);
    return {begin, static_cast<std::size_t>(written.ptr - begin)};
  }

  plugins::KeyedHash hash;
  bool single = false;
  std::string_view largest;
};

}  // namespace

confiture::StrategyExtension amount_strategy() {
  return confiture::strategy<Amount>("finance.amount", "Move an amount by a part of itself");
}

}  // namespace plugins::finance
