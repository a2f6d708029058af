// SPDX-License-Identifier: MIT
// What is written into a configuration file for a person: keys and texts that YAML reads as such.
#pragma once

#include <string>
#include <string_view>

namespace host::sync {

// In double quotes.
std::string quoted_yaml(std::string_view text);
// A key that YAML reads as this text and nothing else.
std::string yaml_key(std::string_view text);

}  // namespace host::sync
