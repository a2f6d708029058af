// SPDX-License-Identifier: MIT
// What the wizard schedules: whatever is pending by then, as a plan of its own.
#pragma once

#include <optional>
#include <string>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/review/plan_document.hpp"
#include "host/review/wizard.hpp"

namespace host::cli {

// [main] Context and arguments outlive it.
class WizardSchedule {
 public:
  WizardSchedule(Context& context, const Arguments& arguments)
      : context_(context), arguments_(arguments) {}

  // Lets the walk schedule, where the environment has a policy: a worker runs nothing elsewhere.
  // Outlives the setting.
  void offer(review::WizardSetting& setting);
  // The command that has done the same, once something was scheduled.
  const std::optional<std::string>& command() const { return command_; }

 private:
  review::Proposal propose(const std::string& when);
  void add(const review::Proposal& proposal);

  Context& context_;
  const Arguments& arguments_;
  std::optional<review::PlanDocument> document_;
  std::optional<std::string> command_;
};

}  // namespace host::cli
