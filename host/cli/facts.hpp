// SPDX-License-Identifier: MIT
// The environment's database, asked for facts: how large its tables are, which objects it has. No
// answer is waited for where somebody holds a lock.
#pragma once

#include <memory>

#include "host/cli/context.hpp"

namespace host::cli {

// A session that may only read. Throws where there is no database, or it cannot be reached.
std::unique_ptr<postgres::Connection> connect_for_facts(Context& context);

}  // namespace host::cli
