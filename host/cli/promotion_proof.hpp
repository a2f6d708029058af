// SPDX-License-Identifier: MIT
// What another environment proves about a plan: that the same files were applied there, for how
// long, by its audit where it has one, and that their checks hold there now.
#pragma once

#include <boost/json/fwd.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "host/audit/reader.hpp"
#include "host/audit/trail.hpp"
#include "host/cli/context.hpp"
#include "host/migrations/plan.hpp"
#include "host/review/evidence.hpp"

namespace host::cli {

struct PromotionProof {
  std::string from;                        // the other environment; empty: none was asked for
  std::vector<review::Evidence> evidence;  // one a migration that is proven, or is but too young
  std::string rows;                        // where its rows came from, and when; may be empty
  std::vector<std::string> lacking;        // why it is not proven: a line a migration
  audit::Head head;                        // where the other audit ends; its entry 0: it has none
  // Of that audit, a JSON text a line, as `audit export` writes them: from the first entry that is
  // evidence to the head, so that the chain between them can be followed elsewhere. Only what is
  // said of the plan's migrations, and of rows that came from elsewhere, has its payload.
  std::string excerpt;
};

// Connects to that environment and runs the migrations' checks there, read-only. Throws
// promotion.unproven where its audit does not hold, and what a connection throws.
PromotionProof find_proof(Context& context, const std::string& environment,
                          std::chrono::milliseconds soak, const migrations::Plan& plan);

// What an environment's policy wants proven of a plan; empty where it wants nothing, or where the
// environment cannot be asked: then it is said so.
PromotionProof find_wanted_proof(Context& context, const std::string& environment,
                                 const migrations::Plan& plan);

// [review::to_object()]
boost::json::array evidence_document(const PromotionProof& proof);

// "SELECT ...": notes in the audit of the target what proves a migration, and where the other audit
// ended then: who writes that one anew contradicts this one. Empty where nothing does.
std::string proof_entry(const PromotionProof& proof, const std::string& migration,
                        const audit::Trail& trail);

}  // namespace host::cli
