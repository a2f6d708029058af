// SPDX-License-Identifier: MIT
#include "host/migrations/version.hpp"

#include <algorithm>

namespace host::migrations {
namespace {

// Takes the part up to the next dot off the front.
std::string_view next_part(std::string_view& rest) {
  const std::size_t dot = std::min(rest.find('.'), rest.size());
  const std::string_view part = rest.substr(0, dot);
  rest.remove_prefix(std::min(dot + 1, rest.size()));
  return part;
}

std::strong_ordering compare_digits(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

}  // namespace

std::optional<Version> Version::parse(std::string_view text) {
  if (text.empty() || text.ends_with('.')) return std::nullopt;
  std::string number;
  std::size_t end = 0;  // of the last part that is not zero
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view part = next_part(rest);
    if (part.empty() || part.find_first_not_of("0123456789") != std::string_view::npos)
      return std::nullopt;
    part.remove_prefix(std::min(part.find_first_not_of('0'), part.size() - 1));
    if (!number.empty()) number += '.';
    number += part;
    if (end == 0 || part != "0") end = number.size();
  }
  number.resize(end);
  return Version(text, std::move(number));
}

Version Version::repeatable(std::string_view name) {
  return Version("R", "R_" + std::string(name));
}

std::strong_ordering operator<=>(const Version& a, const Version& b) {
  if (a.is_repeatable() != b.is_repeatable()) return a.is_repeatable() <=> b.is_repeatable();
  if (a.is_repeatable()) return a.number_.compare(b.number_) <=> 0;
  std::string_view rest_of_a = a.number_, rest_of_b = b.number_;
  while (!rest_of_a.empty() && !rest_of_b.empty()) {
    const auto order = compare_digits(next_part(rest_of_a), next_part(rest_of_b));
    if (order != 0) return order;
  }
  return rest_of_a.size() <=> rest_of_b.size();  // a part that is there is more than none
}

}  // namespace host::migrations
