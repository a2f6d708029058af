// SPDX-License-Identifier: MIT
// A plan put on the schedule: by `schedule add`, and from the wizard.
#pragma once

#include <boost/json/fwd.hpp>
#include <chrono>
#include <string>
#include <string_view>

#include "host/cli/context.hpp"
#include "host/review/plan_document.hpp"
#include "host/review/schedule.hpp"
#include "host/review/window.hpp"
#include "host/review/wizard.hpp"

namespace host::cli {

// "Sun 02:00-04:00 Europe/Paris", or "2026-11-29T02:00:00Z until 2026-11-29T04:00:00Z". Throws
// schedule.bad_window. A proposal without its plan.
review::Proposal read_when(postgres::Connection& connection, std::string_view when);

// Keeps the plan where it is not kept, adds it with an entry in the audit, and tells the hooks of
// `scheduled`.
review::Appointment put_on_schedule(Context& context, postgres::Connection& connection,
                                    const review::PlanDocument& document,
                                    const review::Opening& opening, const std::string& window,
                                    std::chrono::milliseconds takes = {}, bool moves = false);

// What the audit keeps of it.
boost::json::object appointment_facts(const review::Appointment& entry);

// "plan 0123456789abcdef in 'production' from ... to ... (Sun ...)".
std::string describe_appointment(const review::Appointment& entry);

}  // namespace host::cli
