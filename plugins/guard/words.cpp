// SPDX-License-Identifier: MIT
#include "plugins/guard/words.hpp"

namespace guard {

std::string quoted_choice(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t index = 0; index < names.size(); ++index) {
    if (index > 0) text += index + 1 == names.size() ? " or " : ", ";
    text += "'" + names[index] + "'";
  }
  return text;
}

}  // namespace guard
