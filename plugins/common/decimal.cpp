// SPDX-License-Identifier: MIT
#include "plugins/common/decimal.hpp"

#include <algorithm>

#include "plugins/common/utf8.hpp"

namespace plugins::common {
namespace {

std::string_view take_digits(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && is_digit(text[size])) ++size;
  const std::string_view digits = text.substr(0, size);
  text.remove_prefix(size);
  return digits;
}

std::string_view without_zeros(std::string_view digits) {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

}  // namespace

std::optional<Decimal> read_decimal(std::string_view text) {
  Decimal number;
  number.negative = !text.empty() && text.front() == '-';
  if (number.negative) text.remove_prefix(1);
  number.whole = take_digits(text);
  if (number.whole.empty()) return std::nullopt;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    number.fraction = take_digits(text);
  }
  if (!text.empty() && text.front() == 'e') {
    number.exponent = text.substr(1);
    text = {};
  }
  return text.empty() ? std::optional(number) : std::nullopt;
}

int compare_digits(std::string_view a, std::string_view b) {
  a = without_zeros(a);
  b = without_zeros(b);
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  const int order = a.compare(b);
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

std::string_view largest_of(std::string_view type) {
  if (type == "int2") return "32767";
  if (type == "int4") return "2147483647";
  if (type == "int8") return "9223372036854775807";
  return {};
}

}  // namespace plugins::common
