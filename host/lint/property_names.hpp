// SPDX-License-Identifier: MIT
// Kinds and properties of the model by the names that rules in YAML give them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::lint {

struct Property {
  std::string_view name;
  std::uint32_t number = 0;
  std::string_view kinds = {};  // that can have it, "column domain"; empty: all
  bool is_text() const { return number < 100; }
  bool is_of(std::string_view kind) const;
};

std::optional<std::uint32_t> node_kind_named(std::string_view name);
std::vector<std::string> node_kind_names();
const Property* property_named(std::string_view name);
std::vector<std::string> property_names(std::string_view kind);  // of one of them

}  // namespace host::lint
