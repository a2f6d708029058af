// SPDX-License-Identifier: MIT
// migrate wizard --collaborative: the approvals that the pending plan lacks are asked for and
// waited for, before the walk begins. No lock is held while people think.
#pragma once

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/cli/wizard_schedule.hpp"
#include "host/review/answers.hpp"
#include "host/review/collaboration.hpp"

namespace host::cli {

// Throws approval.no_policy where nothing has to be approved. `approved` also where nothing is
// pending.
review::Gathered collaborate(Context& context, const Arguments& arguments,
                             const review::Answers* answers, WizardSchedule& schedule);

}  // namespace host::cli
