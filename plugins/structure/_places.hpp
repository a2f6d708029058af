// SPDX-License-Identifier: MIT
// Where another definition stands, for messages.
#pragma once

#include <confiture/schema.hpp>
#include <confiture/text.hpp>
#include <string>
#include <string_view>

namespace plugins::structure {

inline std::string_view file_of(const confiture::Node& node) {
  return confiture::to_view(node.location().file);
}

// "a.sql:3".
inline std::string place_in_file(const confiture::Node& node) {
  return std::string(file_of(node)) + ":" + std::to_string(node.location().line);
}

}  // namespace plugins::structure
