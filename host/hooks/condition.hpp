// SPDX-License-Identifier: MIT
// Whether a hook takes part in an event: its `migrations:` and its `when:`.
#pragma once

#include "host/hooks/binding.hpp"
#include "host/hooks/event.hpp"

namespace host::hooks {

// Of the event's phase, part, migration and direction, and, where `when` asks for them, of the risk
// and the statements of its migration; in a phase of the whole run, of any migration of the plan.
bool takes_part(const Hook& hook, const Event& event);

}  // namespace host::hooks
