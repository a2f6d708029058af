// SPDX-License-Identifier: MIT
#include "host/migrations/version.hpp"

#include <algorithm>

namespace host::migrations {

Version::Version(std::string_view text) : text_(text) {
  const std::size_t first = text.find_first_not_of('0');
  number_ = first == std::string_view::npos ? "0" : text.substr(first);
}

std::optional<Version> Version::parse(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  return Version(text);
}

std::strong_ordering operator<=>(const Version& a, const Version& b) {
  if (a.number_.size() != b.number_.size()) return a.number_.size() <=> b.number_.size();
  return a.number_.compare(b.number_) <=> 0;
}

}  // namespace host::migrations
