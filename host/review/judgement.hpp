// SPDX-License-Identifier: MIT
// How risky a migration is, in one word with its reasons: what the rules found, and what its author
// declared.
#pragma once

#include <string>
#include <vector>

#include "host/lint/assess.hpp"
#include "host/migrations/header.hpp"

namespace host::review {

struct Judgement {
  std::string level;  // none, low, medium, high or critical
  std::vector<std::string> reasons;
};

// `-- risk: LEVEL reason` may raise what was found as it likes, lower it by one step, and never
// lower a critical one; it is listed among the reasons either way.
Judgement weigh(const lint::Assessment& assessment, const migrations::Header& header);

}  // namespace host::review
