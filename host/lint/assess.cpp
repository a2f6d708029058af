// SPDX-License-Identifier: MIT
#include "host/lint/assess.hpp"

#include <algorithm>

namespace host::lint {

Assessment assess_migration(const sql::Script& script, Linter& linter,
                            const sql::MigrationFacts& facts) {
  Assessment assessment;
  assessment.findings = linter.judge_migration(script, facts);
  std::vector<const Finding*> risky;
  for (const Finding& finding : assessment.findings)
    if (finding.risk != Risk::none) risky.push_back(&finding);
  std::stable_sort(risky.begin(), risky.end(),
                   [](const Finding* a, const Finding* b) { return a->risk > b->risk; });
  assessment.risk = to_string(risky.empty() ? Risk::none : risky.front()->risk);
  for (const Finding* finding : risky) assessment.reasons.push_back(finding->message);
  return assessment;
}

}  // namespace host::lint
