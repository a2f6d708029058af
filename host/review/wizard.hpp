// SPDX-License-Identifier: MIT
// Pending migrations one after the other: what each is, its SQL in full, how risky it is and why,
// and a question whose answer weighs as much as the risk. A walk over a Terminal, so that every
// path through it can be tested without one.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/foundation/terminal.hpp"
#include "host/migrations/plan.hpp"
#include "host/review/judgement.hpp"

namespace host::review {

struct WizardSetting {
  std::string environment;
  std::optional<std::chrono::milliseconds> patience;  // for an answer
  std::function<Judgement(const migrations::Step&)> judge;
  std::function<void(std::size_t)> apply;  // a step of the plan; throws
};

// Shows, asks and applies, in the order of the plan, until a question is not answered with a yes: a
// migration that is skipped would be out of order after those behind it, so it ends the walk.
// Returns how many were applied. A yes is `y` for a low or medium risk, `yes` for a high one, and
// for a critical one the environment's name and the first 8 digits of the file's checksum. The end
// of input, an empty line and a third answer that makes no sense are a no. Throws what the terminal
// (question.timed_out, run.interrupted, each saying what was changed) and `apply` throw.
std::size_t walk(Terminal& terminal, const migrations::Plan& plan, const WizardSetting& setting);

}  // namespace host::review
