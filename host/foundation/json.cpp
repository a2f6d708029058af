// SPDX-License-Identifier: MIT
#include "host/foundation/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <string_view>

namespace host {
namespace {

// Most strings have nothing to escape, and a serializer is dear.
void write_string(boost::json::string_view text, std::string& out) {
  const bool plain = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == 0x7f;
  });
  if (plain) {
    out.append("\"").append(text.data(), text.size()).append("\"");
  } else {
    out += boost::json::serialize(text);
  }
}

void write(const boost::json::value& value, std::string& out) {
  std::string_view separator;
  if (const auto* object = value.if_object()) {
    out += '{';
    for (const auto& field : *object) {
      out += separator;
      write_string(field.key(), out);
      out += ':';
      write(field.value(), out);
      separator = ",";
    }
    out += '}';
  } else if (const auto* array = value.if_array()) {
    out += '[';
    for (const auto& item : *array) {
      out += separator;
      write(item, out);
      separator = ",";
    }
    out += ']';
  } else if (const auto* text = value.if_string()) {
    write_string(*text, out);
  } else if (const auto* number = value.if_double()) {
    out += fmt::format("{}", *number);
  } else {
    out += boost::json::serialize(value);
  }
}

}  // namespace

std::string to_json(const boost::json::value& value) {
  std::string text;
  write(value, text);
  return text;
}

}  // namespace host
