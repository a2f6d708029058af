// SPDX-License-Identifier: MIT
#include "host/sync/yaml.hpp"

#include "host/foundation/text.hpp"

namespace host::sync {

std::string quoted_yaml(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string yaml_key(std::string_view text) {
  for (const char c : text)
    if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '_' &&
        c != '.')
      return quoted_yaml(text);
  for (const std::string_view word : {"null", "true", "false", "yes", "no", "on", "off"})
    if (lower_ascii(text) == word) return quoted_yaml(text);
  return text.empty() || (text[0] >= '0' && text[0] <= '9') ? quoted_yaml(text) : std::string(text);
}

}  // namespace host::sync
