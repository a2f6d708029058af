// SPDX-License-Identifier: MIT
// Pending migrations one after the other: what each is, its SQL in full, how risky it is and why,
// and a question whose answer weighs as much as the risk. A walk over a Terminal, so that every
// path through it can be tested without one.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "host/foundation/terminal.hpp"
#include "host/migrations/plan.hpp"
#include "host/review/card.hpp"
#include "host/review/judgement.hpp"
#include "host/review/question.hpp"
#include "host/review/window.hpp"

namespace host::review {

// A plan, and when it is to run.
struct Proposal {
  std::string plan_hash;
  Opening opening;
  std::string window;  // as it was asked for; empty: a time was
};

struct WizardSetting {
  // What a risk up to low asks for, and a high one.
  enum class Asks {
    always,   // a question for each migration
    medium,   // none up to low
    by_risk,  // none up to low; from high on, a question about SQL and way back before the last
  };
  std::string environment;
  std::string plan_hash;
  Asks asks = Asks::always;
  bool preview = false;          // everything is shown, and asked about, before the first question
  bool show_way_back = false;    // its SQL, too
  bool review_way_back = false;  // and a question about it
  Look look;
  Questions::Setting questions;
  std::function<Judgement(const migrations::Step&)> judge;
  std::function<std::vector<Fact>(std::size_t)> facts = {};  // of a step of the plan; may be empty
  // Applies a step of the plan, with a note for the audit that may be empty; throws.
  std::function<void(std::size_t, const std::string& note)> apply;

  // Roles that the migrations may be applied as, first the session's own; at most one: there is
  // nothing to choose. `apply_as` is told of another one before anything is applied.
  std::vector<std::string> roles = {};
  std::function<void(const std::string& role)> apply_as = {};

  // What is left from a step of the plan on, and the opening that `when` names. Empty: nothing can
  // be scheduled here. Throws schedule.bad_window and schedule.bad_time.
  std::function<Proposal(const std::string& when)> propose = {};
  std::function<void(const Proposal&)> schedule = {};
};

// Shows, asks and applies, in the order of the plan, until a question is not answered with a yes: a
// migration that is skipped, or scheduled, would be out of order after those behind it, so it ends
// the walk, and what is scheduled is all that is left.
// Returns how many were applied. What a yes is, weigh_question() says. Throws what the terminal
// (question.timed_out, run.interrupted, each saying what was changed) and `apply` throw.
std::size_t walk(Terminal& terminal, const migrations::Plan& plan, const WizardSetting& setting);

// Asks when all of a plan is to run, and whether to schedule it, as heavy a question as the worst
// risk in it. Whether it is scheduled. With `propose` and `schedule`.
bool schedule_plan(Terminal& terminal, const migrations::Plan& plan, const WizardSetting& setting);

// Shows all of a plan.
void show_plan(Terminal& terminal, const migrations::Plan& plan, const WizardSetting& setting);

// Shows all of a plan and asks one question, as heavy as the worst risk in it. Throws what the
// terminal throws, saying that nothing was changed.
bool confirm_plan(Terminal& terminal, const migrations::Plan& plan, const WizardSetting& setting);

}  // namespace host::review
