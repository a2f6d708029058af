// SPDX-License-Identifier: MIT
// What another environment proves about a plan: that the same files were applied there, for how
// long, by its audit where it has one, and that their checks hold there now.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "host/cli/context.hpp"
#include "host/migrations/plan.hpp"

namespace host::cli {

struct PromotionProof {
  std::vector<std::string>
      evidence;                      // "0003_notes: applied in 'staging' at ... in 12 ms; verified"
  std::vector<std::string> lacking;  // why it is not proven: a line a migration
};

// Connects to that environment and runs the migrations' checks there, read-only. Throws
// promotion.unproven where its audit does not hold, and what a connection throws.
PromotionProof find_proof(Context& context, const std::string& environment,
                          std::chrono::milliseconds soak, const migrations::Plan& plan);

}  // namespace host::cli
