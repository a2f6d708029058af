// SPDX-License-Identifier: MIT
#include "host/config/range.hpp"

#include <charconv>
#include <cmath>

namespace host::config {
namespace {

bool parse_end(std::string_view text, std::optional<double>& end) {
  if (text.empty()) return true;
  double number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || rest != text.data() + text.size() || !std::isfinite(number))
    return false;
  end = number;
  return true;
}

}  // namespace

std::optional<Range> parse_range(std::string_view text) {
  Range range;
  if (text.empty()) return range;
  const std::size_t dots = text.find("..");
  if (dots == text.npos || !parse_end(text.substr(0, dots), range.least) ||
      !parse_end(text.substr(dots + 2), range.most))
    return std::nullopt;
  if (!range.least && !range.most) return std::nullopt;
  if (range.least && range.most && *range.least > *range.most) return std::nullopt;
  return range;
}

}  // namespace host::config
