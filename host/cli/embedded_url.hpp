// SPDX-License-Identifier: MIT
// The address of an environment on the embedded server, for the dev commands that hand it out.
#pragma once

#include <string>

#include "host/cli/context.hpp"

namespace host::cli {

// Starts the server and makes the environment's database where needed. Throws dev.not_embedded for
// an environment that has a database elsewhere.
std::string embedded_url(Context& context);

}  // namespace host::cli
