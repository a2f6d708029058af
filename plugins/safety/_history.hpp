// SPDX-License-Identifier: MIT
// Migrations as one after the other in their folder.
#pragma once

#include "plugins/common/rule.hpp"

namespace plugins::safety {

inline std::string_view folder_of(const Node& file) {
  return file.name().substr(0, file.name().rfind('/') + 1);
}

inline std::string file_name_of(const Node& file) {
  return text(file.name().substr(file.name().rfind('/') + 1));
}

// Equal for equal versions: 7, 007 and 7.0 are one. Empty where there is none.
inline std::string version_of(const Node& file) {
  std::string result;
  std::size_t end = 0;  // of the last part that is not zero
  std::string_view rest = file.version();
  while (!rest.empty()) {
    const std::size_t dot = rest.find('.');
    std::string_view part = rest.substr(0, dot);
    rest = dot == rest.npos ? std::string_view() : rest.substr(dot + 1);
    while (part.size() > 1 && part.front() == '0') part.remove_prefix(1);
    if (!result.empty()) result += '.';
    result += part;
    if (end == 0 || part != "0") end = result.size();
  }
  return result.substr(0, end);
}

}  // namespace plugins::safety
