// SPDX-License-Identifier: MIT
// The ways in which migration files lie in a folder: confiture's own, and those of the tools whose
// repositories it reads in place.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace host::config {

enum class Layout { confiture, dbmate, goose, golang_migrate, flyway, diesel };

// As YAML and messages write it: "golang-migrate".
std::string_view to_string(Layout layout);
std::optional<Layout> parse_layout(std::string_view name);
// All names, for choices and hints.
std::span<const std::string> layout_names();

}  // namespace host::config
