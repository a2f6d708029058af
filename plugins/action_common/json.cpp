// SPDX-License-Identifier: MIT
#include "plugins/action_common/json.hpp"

#include <array>
#include <cstdio>

namespace action_common {

std::string quote_json(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      std::array<char, 7> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
      out += escape.data();
    } else {
      out += c;
    }
  }
  return out + '"';
}

JsonObject& JsonObject::add_raw(std::string_view name, std::string_view json) {
  if (body_.size() > 1) body_ += ',';
  body_ += quote_json(name);
  body_ += ':';
  body_ += json;
  return *this;
}

JsonList& JsonList::add_raw(std::string_view json) {
  if (body_.size() > 1) body_ += ',';
  body_ += json;
  return *this;
}

}  // namespace action_common
