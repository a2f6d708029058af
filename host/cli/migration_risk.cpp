// SPDX-License-Identifier: MIT
#include "host/cli/migration_risk.hpp"

#include <fmt/format.h>

namespace host::cli {

struct MigrationRisk::State {};

MigrationRisk::MigrationRisk(Context& context) : context_(context) {}
MigrationRisk::~MigrationRisk() = default;

review::Judgement MigrationRisk::judge(const migrations::Step& step) {
  review::Judgement judgement{step.header.risk.empty() ? "low" : step.header.risk, {}};
  if (!step.header.risk.empty())
    judgement.reasons.push_back(
        fmt::format("declared {}: {}", step.header.risk, step.header.risk_reason));
  return judgement;
}

}  // namespace host::cli
