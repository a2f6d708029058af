// SPDX-License-Identifier: MIT
// JSON, written as it goes: what actions send is small and flat.
#pragma once

#include <string>
#include <string_view>

namespace action_common {

// A text as JSON, quotes included. UTF-8 stays as it is.
std::string quote_json(std::string_view text);

class JsonObject {
 public:
  JsonObject& add(std::string_view name, std::string_view text) {
    return add_raw(name, quote_json(text));
  }
  // `json` is JSON already: a number, a truth, null, a list, an object.
  JsonObject& add_raw(std::string_view name, std::string_view json);
  std::string text() const { return body_ + "}"; }

 private:
  std::string body_ = "{";
};

class JsonList {
 public:
  JsonList& add_raw(std::string_view json);
  std::string text() const { return body_ + "]"; }

 private:
  std::string body_ = "[";
};

}  // namespace action_common
