// SPDX-License-Identifier: MIT
// The range of a parameter's descriptor: "1..64", "0..", "..10".
#pragma once

#include <optional>
#include <string_view>

namespace host::config {

struct Range {
  std::optional<double> least, most;
  bool contains(double number) const {
    return (!least || number >= *least) && (!most || number <= *most);
  }
};

// Nothing for text that is no range; an empty text is the range of everything.
std::optional<Range> parse_range(std::string_view text);

}  // namespace host::config
