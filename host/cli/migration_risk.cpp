// SPDX-License-Identifier: MIT
#include "host/cli/migration_risk.hpp"

#include "host/lint/assess.hpp"

namespace host::cli {

review::Judgement MigrationRisk::judge(const migrations::Step& step) {
  if (!linter_)
    linter_.emplace(context_.registry(), context_.project().linting, context_.session());
  return review::weigh(lint::assess_migration(step.script, *linter_), step.header);
}

}  // namespace host::cli
