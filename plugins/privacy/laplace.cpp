// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/decimal.hpp"
#include "plugins/common/keyed.hpp"
#include "plugins/privacy/strategies.hpp"

namespace plugins::privacy {
namespace {

constexpr std::size_t most_digits = 15;  // of a value on the grid: exact in a double as well

struct Laplace {
  double epsilon = 0;
  double sensitivity = 0;
  confiture::Column by;
  std::int64_t decimals = 0;
  std::optional<double> min, max, budget;
  static constexpr auto params = confiture::params(
      confiture::field("epsilon", &Laplace::epsilon,
                       "What this column spends of a person's privacy; less is more noise",
                       "0.0001..100")
          .required(),
      confiture::field("sensitivity", &Laplace::sensitivity,
                       "How far two people's values may lie apart", "0.000001..1000000000000")
          .required(),
      confiture::field("by", &Laplace::by,
                       "The column that says whose value it is, such as the row's key")
          .required(),
      confiture::field("decimals", &Laplace::decimals, "Decimals of the result", "0..6"),
      confiture::field("min", &Laplace::min, "The smallest result: lesser ones become this"),
      confiture::field("max", &Laplace::max, "The largest result: greater ones become this"),
      confiture::field("budget", &Laplace::budget,
                       "What all columns of the run with this strategy may spend together",
                       "0.0001..1000"));
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local | confiture::StrategyFlag::keyed;
  static constexpr const char* doc =
      R"doc(Adds Laplace noise to a number: local differential privacy.

The noise has the scale `sensitivity / epsilon`. It is drawn on the grid of the result's decimals
(the discrete Laplace distribution), because noise in floating point can be undone. It follows from
the person (`by`), the value and the key: a second copy repeats it and so spends nothing more, while
noise that is new in each copy could be averaged away.

| before | after (epsilon: 1, sensitivity: 10, depends on the key) |
|---|---|
| `42` | `40` |
| `-3` | `-2` |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.people:
      age: { use: privacy.laplace,
             with: { epsilon: 1, sensitivity: 100, by: id, min: 0, max: 120, budget: 3 } }
```

Values outside what `sensitivity` says must be clamped before, or they are protected less. `min` and
`max` clamp the result, which costs nothing. The epsilons of all columns about one person add up:
with `budget` the run stops before anything is copied if the columns of the run spend more. The
result may be the original, by chance: leaving that out would tell that it is not. A value of more
than 15 digits on the grid stops the run; NaN and infinity become `max`, or 0 without one.
)doc";

  void prepare(confiture::Call& call) {
    hash.derive(call, "privacy.laplace/1");
    scale = std::pow(10.0, static_cast<double>(decimals));
    log_ratio = -epsilon / (sensitivity * scale);
    if (min && max && *min > *max) throw confiture::BadConfig("'min' is greater than 'max'");
  }

  void bind(const confiture::BatchColumns& columns, confiture::Call& call) {
    common::require_types(columns, "privacy.laplace",
                          {"int2", "int4", "int8", "numeric", "float4", "float8"});
    const std::string_view largest = common::largest_of(columns[0].type_name());
    if (!largest.empty() && decimals != 0)
      throw confiture::Unsupported("privacy.laplace cannot write decimals into column '" +
                                       std::string(columns[0].name()) + "' of type '" +
                                       std::string(columns[0].type_name()) + "'",
                                   "leave out 'decimals'");
    highest = columns[0].type_name() == "int2"   ? 32767
              : columns[0].type_name() == "int4" ? 2147483647
                                                 : std::pow(10.0, most_digits) - 1;
    lowest = -highest;
    if (min) lowest = std::max(lowest, std::ceil(*min * scale));
    if (max) highest = std::min(highest, std::floor(*max * scale));
    if (lowest > highest)
      throw confiture::BadConfig(
          "privacy.laplace has no value between 'min' and 'max' that column '" +
              std::string(columns[0].name()) + "' of type '" + std::string(columns[0].type_name()) +
              "' can hold",
          "move 'min' and 'max' apart, or give more 'decimals'");
    for (std::size_t index = 0; index < columns.target_count(); ++index)
      spend(columns[index], call);
  }

  // Notes in the run's store what this column spends, in the first free place, and adds up what
  // the others have noted. Workers that bind the same column write the same note.
  void spend(const confiture::Node& column, const confiture::Call& call) const {
    const std::string note = std::string(column.parent().qualified_name()) + "." +
                             std::string(column.name()) + "=" + std::to_string(epsilon);
    double spent = 0;
    for (std::size_t place = 0;; ++place) {
      const std::string_view noted = call.cache("laplace/" + std::to_string(place), note);
      spent += std::stod(std::string(noted.substr(noted.rfind('=') + 1)));
      if (noted == note) break;
    }
    if (budget && spent > *budget + 1e-9)
      throw confiture::BadConfig("the columns with privacy.laplace spend more than the budget of " +
                                     std::to_string(*budget),
                                 "lower 'epsilon', or leave one of the columns out");
  }

  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    common::Draw draw(hash, value, row[by].value_or(""));
    const double noise = geometric(draw) - geometric(draw);
    return write(std::clamp(on_grid(value) + noise, lowest, highest), row);
  }

  // How often a coin of the ratio comes up in a row; the difference of two is discrete Laplace.
  double geometric(common::Draw& draw) const {
    return std::floor(std::log(1.0 - draw.unit()) / log_ratio);
  }

  // The value in units of its last decimal.
  double on_grid(std::string_view value) const {
    const auto number = common::read_decimal(value);
    if (!number) return max ? *max * scale : 0;
    double real = 0;
    std::from_chars(value.data(), value.data() + value.size(), real);
    const double units = std::round(real * scale);
    if (std::fabs(units) >= std::pow(10.0, most_digits))
      throw confiture::Error("privacy.laplace met a value of more than 15 digits",
                             "lower 'decimals', or use privacy.generalize");
    return units;
  }

  std::string_view write(double units, const confiture::Row& row) const {
    const auto magnitude = static_cast<std::int64_t>(std::fabs(units));
    std::array<char, 24> digits;
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), magnitude);
    const auto size = static_cast<std::size_t>(written.ptr - digits.data());
    const auto scale_digits = static_cast<std::size_t>(decimals);
    const std::size_t zeros = size > scale_digits ? 0 : scale_digits + 1 - size;
    char* const begin = row.allocate(size + zeros + 2);
    char* end = begin;
    if (units < 0) *end++ = '-';
    const std::size_t total = size + zeros;
    for (std::size_t index = 0; index < total; ++index) {
      if (index + scale_digits == total) *end++ = '.';
      *end++ = index < zeros ? '0' : digits[index - zeros];
    }
    return {begin, static_cast<std::size_t>(end - begin)};
  }

  KeyedHash hash;
  double scale = 1, log_ratio = -1;
  double lowest = 0, highest = 0;
};

}  // namespace

confiture::StrategyExtension laplace_strategy() {
  return confiture::strategy<Laplace>("privacy.laplace", "Add Laplace noise, with a budget");
}

}  // namespace plugins::privacy
