// SPDX-License-Identifier: MIT
// The host's side of confiture_config: validated parameters as a plugin reads them.
#pragma once

#include <confiture/abi.h>

#include <map>
#include <string>
#include <vector>

#include "host/config/parameters.hpp"
#include "host/extensions/instance.hpp"

// Defined in the global namespace since the C header declares it there.
struct confiture_config {
  const host::config::Parameters* parameters = nullptr;  // outlives this view
  const host::extensions::Extension* extension = nullptr;
  const host::extensions::Session* session = nullptr;
  std::map<std::string, std::vector<confiture_config>, std::less<>> items;
};

namespace host::extensions {

confiture_config make_config(const config::Parameters& parameters, const Extension& extension,
                             const Session& session);

}  // namespace host::extensions
