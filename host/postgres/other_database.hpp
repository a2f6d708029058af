// SPDX-License-Identifier: MIT
// The way to another database of the server that an environment names: for what must happen outside
// of its own, such as making and renaming databases.
#pragma once

#include <string>

#include "host/config/environment.hpp"

namespace host::postgres {

// The same environment with that database's name in place of its own.
config::Environment with_database(const config::Environment& environment,
                                  const config::Project& project, const std::string& name);

}  // namespace host::postgres
