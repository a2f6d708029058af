// SPDX-License-Identifier: MIT
#include "host/foundation/json.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <string_view>

namespace host {
namespace {

void write(const boost::json::value& value, std::string& out) {
  std::string_view separator;
  if (const auto* object = value.if_object()) {
    out += '{';
    for (const auto& field : *object) {
      out += separator;
      out += boost::json::serialize(boost::json::string_view(field.key()));
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
