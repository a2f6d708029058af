// SPDX-License-Identifier: MIT
#include <sodium.h>

#include <charconv>
#include <string>

#include "plugins/common/columns.hpp"
#include "plugins/common/decimal.hpp"
#include "plugins/fpe/ff1.hpp"
#include "plugins/fpe/strategies.hpp"

namespace plugins::fpe {
namespace {

struct Integer {
  std::int64_t min = 1;
  std::int64_t max = 2147483647;
  std::string tweak;
  static constexpr auto params = confiture::params(
      confiture::field("min", &Integer::min, "The smallest value, before and after"),
      confiture::field("max", &Integer::max, "The largest value, before and after"),
      confiture::field("tweak", &Integer::tweak,
                       "A name that keeps columns apart: another one gives other numbers",
                       "0..64"));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local |
      confiture::StrategyFlag::keeps_unique | confiture::StrategyFlag::keyed;
  static constexpr const char* doc =
      R"doc(Encrypts an integer into another of the same range, one-to-one.

FF1 of NIST SP 800-38G (AES-256) over the bits, repeated until the result lies in the range (cycle
walking): a permutation of all integers from `min` to `max`. So primary keys stay unique, and foreign
keys meet them if both have the same parameters, whatever their types.

| before | after (depends on the key) |
|---|---|
| `1` | `784101896` |
| `2` | `1393174794` |
| `2147483647` | `41347173` |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.customers:
      id: fpe.integer
    public.orders:
      customer_id: fpe.integer
```

The range must hold a million values, so smallint is refused. A value outside the range stops the
run. Among n possible values one is its own replacement, on the average.
)doc";

  void prepare(confiture::Call& call) {
    range = static_cast<std::uint64_t>(max) - static_cast<std::uint64_t>(min);
    if (max < min || range < least_domain - 1)
      throw confiture::BadConfig(
          "fpe.integer needs a range of at least 1000000 values from 'min' to 'max'",
          "all values of a smaller range could be tried out; use core.null or core.choice");
    while (bits < 64 && range >> bits != 0) ++bits;
    std::array<std::uint8_t, 32> key = call.derive_key<32>("fpe.integer/1");
    cipher.emplace(key.data(), key.size(), 2, tweak);
    sodium_memzero(key.data(), key.size());
  }

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "fpe.integer", {"int4", "int8", "numeric"});
    for (std::size_t index = 0; index < columns.target_count(); ++index)
      if (columns[index].type_name() == "int4" && (min < -2147483647 - 1 || max > 2147483647))
        throw confiture::Unsupported("fpe.integer with this range does not fit column '" +
                                         std::string(columns[index].name()) + "' of type 'int4'",
                                     "choose 'min' and 'max' between -2147483648 and 2147483647");
  }

  std::string_view rewrite(std::string_view value, confiture::Row& row) {
    const std::int64_t number = read(value);
    if (number < min || number > max)
      throw confiture::Error(
          "fpe.integer met a value outside " + std::to_string(min) + " to " + std::to_string(max),
          "set 'min' and 'max' so that they hold all values of the column");
    std::uint64_t offset = static_cast<std::uint64_t>(number) - static_cast<std::uint64_t>(min);
    do {
      offset = encrypt(offset);
    } while (offset > range);
    constexpr std::size_t room = 20;
    char* const text = row.allocate(room);
    const auto written = std::to_chars(
        text, text + room, static_cast<std::int64_t>(offset + static_cast<std::uint64_t>(min)));
    return {text, static_cast<std::size_t>(written.ptr - text)};
  }

  // The string of `bits` bits, as its halves.
  std::uint64_t encrypt(std::uint64_t offset) {
    const std::size_t right = bits - bits / 2;
    const std::uint64_t mask = (std::uint64_t{1} << right) - 1;
    const Ff1::Halves halves = cipher->encrypt({offset >> right, offset & mask}, bits);
    return static_cast<std::uint64_t>(halves.left) << right |
           static_cast<std::uint64_t>(halves.right);
  }

  // "42", and "42.00" of a numeric.
  static std::int64_t read(std::string_view value) {
    const auto decimal = common::read_decimal(value);
    std::int64_t number = 0;
    const std::size_t size = decimal ? decimal->whole.size() + (decimal->negative ? 1 : 0) : 0;
    const auto parsed = std::from_chars(value.data(), value.data() + size, number);
    if (!decimal || decimal->fraction.find_first_not_of('0') != std::string_view::npos ||
        parsed.ec != std::errc())
      throw confiture::Error("fpe.integer met a value that is no integer of 64 bits",
                             "finance.amount takes any number");
    return number;
  }

  std::uint64_t range = 0;
  std::size_t bits = 0;
  std::optional<Ff1> cipher;
};

}  // namespace

confiture::StrategyExtension integer_strategy() {
  return confiture::strategy<Integer>("fpe.integer", "Encrypt an integer in its range, one-to-one");
}

}  // namespace plugins::fpe
