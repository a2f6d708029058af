// SPDX-License-Identifier: MIT
// Approvals gathered while somebody waits for them: the plan is shown and asked for, others approve
// it from where they are, and whoever waits sees who has and who is missing.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "host/foundation/terminal.hpp"
#include "host/review/question.hpp"

namespace host::review {

struct Gathering {
  bool allowed = false;
  std::vector<std::string> missing;  // "1 approval of a 'dba' (alice or bob)"
  std::vector<std::string> reasons;  // what was said, and whether it counts: a line a statement
};

struct Collaboration {
  Questions::Setting questions;             // their patience is that of the wait, too
  std::chrono::milliseconds interval{2000};  // between two looks
  bool may_schedule = false;
  std::string command;                 // with which others approve
  std::function<void()> show;          // the plan, in full
  std::function<Gathering()> look;     // at what stands now
  std::function<void()> request;       // keeps the plan, and tells who has to approve it
  // Waits, where the answers are written and no terminal is read; throws run.interrupted.
  std::function<void(std::chrono::milliseconds)> pause;
};

// `approved` only where the last look has said so.
enum class Gathered { approved, schedule, left };

// Throws what the terminal throws, and question.timed_out where the patience is over.
Gathered gather_approvals(Terminal& terminal, const Collaboration& setting);

}  // namespace host::review
