// SPDX-License-Identifier: MIT
// The audit as a command of its own writes it: one that is not a run of migrations.
#pragma once

#include "host/audit/trail.hpp"
#include "host/cli/context.hpp"

namespace host::cli {

// For what is done in the environment of -e over `connection`; `person`: who is known to do it, or
// else whoever's database role it is.
audit::Trail audit_trail(Context& context, postgres::Connection& connection,
                         const std::string& person = {}, const std::string& plan_hash = {});

}  // namespace host::cli
