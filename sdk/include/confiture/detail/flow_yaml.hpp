// SPDX-License-Identifier: MIT
// confiture/detail/flow_yaml.hpp - writes values as YAML on one line, for confiture_param's
// default_yaml.
#pragma once

#include <charconv>
#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>

#pragma GCC visibility push(hidden)
namespace confiture {
namespace detail {

inline bool is_plain_yaml(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (text.empty() || !is_letter(text.front())) return false;
  for (const char c : text)
    if (!is_letter(c) && !(c >= '0' && c <= '9') && c != '_' && c != '-' && c != '.') return false;
  for (const char* word :
       {"null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE",
        "yes",  "Yes",  "YES",  "no",   "No",   "NO",   "on",    "On",    "ON",
        "off",  "Off",  "OFF",  "y",    "Y",    "n",    "N"})
    if (text == word) return false;
  return true;
}

inline std::string yaml_text(std::string_view text) {
  if (is_plain_yaml(text)) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\x%02x", static_cast<unsigned>(c));
      quoted += escaped;
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

// The shortest text that reads back as the same number, in any locale.
inline std::string yaml_real(double value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  return {digits, end};
}

// The largest unit that is exact.
inline std::string yaml_duration(std::chrono::milliseconds duration) {
  const auto count = duration.count();
  if (count == 0) return "0s";
  struct Unit {
    const char* name;
    long long milliseconds;
  };
  for (const Unit& unit :
       {Unit{"d", 86400000}, Unit{"h", 3600000}, Unit{"m", 60000}, Unit{"s", 1000}})
    if (count % unit.milliseconds == 0)
      return std::to_string(count / unit.milliseconds) + unit.name;
  return std::to_string(count) + "ms";
}

}  // namespace detail
}  // namespace confiture
#pragma GCC visibility pop
