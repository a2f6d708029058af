// SPDX-License-Identifier: MIT
#include "host/cli/phrases.hpp"

#include <fmt/format.h>

#include <vector>

#include "host/foundation/text.hpp"

namespace host::cli {

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string first_few(std::span<const std::string> names, std::size_t most) {
  if (names.size() <= most + 1) return join_words(names);
  std::vector<std::string> shown(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(most));
  shown.push_back(fmt::format("{} more", names.size() - most));
  return join_words(shown);
}

}  // namespace host::cli
