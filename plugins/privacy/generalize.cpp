// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/decimal.hpp"
#include "plugins/common/moment.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/privacy/strategies.hpp"

namespace plugins::privacy {
namespace {

enum class DateUnit { decade, year, quarter, month };

struct Generalize {
  std::int64_t band = 10;
  DateUnit to = DateUnit::year;
  std::int64_t prefix = 2;
  std::string fill = "*";
  static constexpr auto params = confiture::params(
      confiture::field("band", &Generalize::band, "Numbers: the width of a band",
                       "2..1000000000000"),
      confiture::field("to", &Generalize::to, "Dates and times: what stays",
                       confiture::choices("decade", "year", "quarter", "month")),
      confiture::field("prefix", &Generalize::prefix,
                       "Texts: characters that stay, at most all but one", "0..64"),
      confiture::field("fill", &Generalize::fill,
                       "Texts: what stands for each other character; empty: nothing", "0..4"));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local;
  static constexpr const char* doc =
      R"doc(Says less: a band for a number, a year for a date, a beginning for a text.

A number becomes the edge of its band nearest to zero, a date or time the beginning of its year, and
a text its first characters with `fill` for each other one. What the column's type is decides.

| before | after (text, prefix: 2) |
|---|---|
| `75011` | `75***` |
| `SW1A 1AA` | `SW******` |
| `F` | `*` |
| (empty) | (empty) |
| NULL | NULL |

| column | before | after |
|---|---|---|
| integer, `band: 10` | 37 | 30 |
| numeric(8,2), `band: 1000` | 41250.50 | 41000.00 |
| date, `to: year` | 1984-07-21 | 1984-01-01 |

```yaml
anonymization:
  tables:
    public.patients:
      postcode: { use: privacy.generalize, with: { prefix: 2 } }
      weight: { use: privacy.generalize, with: { band: 5 } }
      born: { use: privacy.generalize, with: { to: decade } }
```

For quasi-identifiers: columns that name nobody alone and together do. A value that is the edge of
its band stays as it is, and so do NaN and infinity.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    common::require_types(columns, "privacy.generalize",
                          {"int2", "int4", "int8", "numeric", "float4", "float8", "date",
                           "timestamp", "timestamptz", "text", "varchar", "bpchar", "citext"});
    const std::string_view type = columns[0].type_name();
    kind = common::is_one_of(type, common::text_types)                     ? Kind::text
           : common::is_one_of(type, {"date", "timestamp", "timestamptz"}) ? Kind::date
           : common::is_one_of(type, {"float4", "float8"})                 ? Kind::real
                                                                           : Kind::number;
    for (std::size_t index = 1; index < columns.target_count(); ++index)
      if (columns[index].type_name() != type)
        throw confiture::Unsupported("privacy.generalize takes columns of one type at a time",
                                     "use it for each column by itself");
  }

  std::string_view rewrite(std::string_view value, confiture::Row& row) const {
    switch (kind) {
      case Kind::date:
        return coarser_date(value, row);
      case Kind::number:
        return lower_edge(value, row);
      case Kind::real:
        return lower_edge_of_real(value, row);
      case Kind::text:
        break;
    }
    return beginning(common::unpadded(value), row);
  }

  std::string_view coarser_date(std::string_view value, const confiture::Row& row) const {
    constexpr common::Unit units[] = {common::Unit::decade, common::Unit::year,
                                      common::Unit::quarter, common::Unit::month};
    auto moment = common::read_moment(value);
    if (!moment) return value;
    common::truncate(*moment, units[static_cast<std::size_t>(to)]);
    return moment->in_range() ? common::write_moment(*moment, row) : value;
  }

  // value - value % band before the point, zeros after it, by long division.
  std::string_view lower_edge(std::string_view value, const confiture::Row& row) const {
    const auto number = common::read_decimal(value);
    if (!number) return value;
    const auto width = static_cast<std::uint64_t>(band);
    std::uint64_t remainder = 0;
    for (const char digit : number->whole)
      remainder = (remainder * 10 + static_cast<std::uint64_t>(digit - '0')) % width;

    const std::size_t size = number->whole.size();
    char* const digits = row.allocate(value.size() + 1) + 1;  // room for a sign
    number->whole.copy(digits, size);
    std::uint64_t borrow = 0;
    for (std::size_t index = size; index-- > 0;) {
      const std::uint64_t taken = remainder % 10 + borrow;
      const auto digit = static_cast<std::uint64_t>(digits[index] - '0');
      borrow = digit < taken ? 1 : 0;
      digits[index] = static_cast<char>('0' + (digit + 10 * borrow - taken));
      remainder /= 10;
    }
    return write(digits, size, *number);
  }
  // `digits` has a byte before it for the sign, and room after it for the fraction.
  static std::string_view write(char* digits, std::size_t size, const common::Decimal& number) {
    char* first = std::find_if(digits, digits + size, [](char c) { return c != '0'; });
    const bool zero = first == digits + size;
    if (zero) --first;
    if (number.negative && !zero) *--first = '-';
    char* end = digits + size;
    if (!number.fraction.empty()) {
      *end++ = '.';
      end = std::fill_n(end, number.fraction.size(), '0');
    }
    return {first, static_cast<std::size_t>(end - first)};
  }

  std::string_view lower_edge_of_real(std::string_view value, const confiture::Row& row) const {
    double number = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    if (read.ec != std::errc() || !std::isfinite(number)) return value;
    const auto width = static_cast<double>(band);
    const double edge = std::trunc(number / width) * width + 0.0;  // no minus zero
    constexpr std::size_t room = 32;
    char* const begin = row.allocate(room);
    const auto written = std::to_chars(begin, begin + room, edge);
    return {begin, static_cast<std::size_t>(written.ptr - begin)};
  }

  std::string_view beginning(std::string_view text, const confiture::Row& row) const {
    if (text.empty()) return text;
    const std::size_t count = common::count_characters(text);
    const std::size_t kept = std::min(static_cast<std::size_t>(prefix), count - 1);
    const std::string_view readable = kept == 0 ? text.substr(0, 0) : common::cut(text, kept);
    char* const begin = row.allocate(readable.size() + (count - kept) * fill.size());
    char* end = std::copy(readable.begin(), readable.end(), begin);
    for (std::size_t index = kept; index < count; ++index)
      end = std::copy(fill.begin(), fill.end(), end);
    return {begin, static_cast<std::size_t>(end - begin)};
  }

  enum class Kind { number, real, date, text };
  Kind kind = Kind::text;
};

}  // namespace

confiture::StrategyExtension generalize_strategy() {
  return confiture::strategy<Generalize>("privacy.generalize",
                                         "Say less: bands, years, beginnings");
}

}  // namespace plugins::privacy
