// SPDX-License-Identifier: MIT
// plugins/common/decimal.hpp - numbers in PostgreSQL's text format, taken apart without rounding:
// a numeric has up to 131,072 digits before the point.
#pragma once

#include <optional>
#include <string_view>

namespace plugins::common {

struct Decimal {
  bool negative = false;
  std::string_view whole;     // "12" of "-12.50e+20"; at least one digit
  std::string_view fraction;  // "50", or empty
  std::string_view exponent;  // "+20" of a float, or empty
};

// Nothing for NaN, Infinity, -Infinity and whatever else is no number.
std::optional<Decimal> read_decimal(std::string_view text);

// -1, 0 or 1 as two runs of digits compare as numbers; leading zeros count for nothing.
int compare_digits(std::string_view a, std::string_view b);

// The largest value of int2, int4 and int8 as digits; empty for other types.
std::string_view largest_of(std::string_view type);

}  // namespace plugins::common
