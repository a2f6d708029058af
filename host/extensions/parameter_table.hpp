// SPDX-License-Identifier: MIT
// A plugin's array of confiture_param as the host's own descriptors.
#pragma once

#include <confiture/plugin.h>

#include <string>
#include <vector>

#include "host/config/parameters.hpp"

namespace host::extensions {

// Steps by the plugin's own param_size. Returns what is wrong, or an empty string.
std::string read_parameter_table(const confiture_extension& extension,
                                 std::vector<config::ParameterSpec>& specs);

}  // namespace host::extensions
