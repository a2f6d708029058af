// SPDX-License-Identifier: MIT
// The hooks of the moments between a plan and its run: approved, scheduled, reminder.
#pragma once

#include "host/cli/context.hpp"
#include "host/hooks/phase.hpp"

namespace host::cli {

// Fires the phase in the environment of -e. Loads plugins only where a hook is bound to it. A hook
// that fails is a warning: a channel that is down undoes nothing.
void announce(Context& context, hooks::Phase phase, postgres::Connection& connection);

}  // namespace host::cli
