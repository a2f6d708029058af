// SPDX-License-Identifier: MIT
#include "host/config/layout.hpp"

#include <algorithm>
#include <array>

namespace host::config {
namespace {

// In the order of the enumeration.
const std::array<std::string, 6> names{"confiture",      "dbmate", "goose",
                                       "golang-migrate", "flyway", "diesel"};

}  // namespace

std::string_view to_string(Layout layout) {
  return names[static_cast<std::size_t>(layout)];
}

std::optional<Layout> parse_layout(std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Layout>(found - names.begin());
}

std::span<const std::string> layout_names() {
  return names;
}

}  // namespace host::config
