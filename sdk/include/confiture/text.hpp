// SPDX-License-Identifier: MIT
// confiture/text.hpp - views of text across the boundary, where a null pointer means "no value".
#pragma once

#include <confiture/base.h>

#include <optional>
#include <string_view>

#pragma GCC visibility push(hidden)
namespace confiture {

// A text that is a value. An empty std::string_view may have a null pointer: it becomes "".
inline confiture_str to_str(std::string_view text) noexcept {
  return {text.data() == nullptr ? "" : text.data(), text.size()};
}
inline confiture_str no_value() noexcept {
  return {nullptr, 0};
}

// No value reads as an empty text here,
inline std::string_view to_view(confiture_str text) noexcept {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
}
// and as nullopt here.
inline std::optional<std::string_view> to_optional(confiture_str text) noexcept {
  if (text.data == nullptr) return std::nullopt;
  return std::string_view(text.data, text.size);
}

}  // namespace confiture
#pragma GCC visibility pop
