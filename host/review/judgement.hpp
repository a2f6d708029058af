// SPDX-License-Identifier: MIT
// How risky a migration is, in one word with its reasons: what its statements do, what the rules
// found, whether there is a way back, and what its author declared.
#pragma once

#include <string>
#include <vector>

#include "host/lint/assess.hpp"
#include "host/migrations/header.hpp"
#include "host/review/effect.hpp"
#include "host/sql/statement.hpp"

namespace host::review {

struct Judgement {
  std::string level;  // none, low, medium, high or critical
  std::vector<std::string> reasons;
};

// How a migration would be taken back.
enum class WayBack {
  unasked,     // it is itself a way back
  safe,        // and loses nothing but what the migration made
  loses_data,  // that was there before
  none,
};

// `effects`: of each statement of the script. `-- risk: LEVEL reason` may raise what was found as it
// likes, lower it by one step, and never lower a critical one; it is listed among the reasons
// either way.
Judgement weigh(const sql::Script& script, const std::vector<Effect>& effects,
                const lint::Assessment& assessment, WayBack way_back,
                const migrations::Header& header);

}  // namespace host::review
