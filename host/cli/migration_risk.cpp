// SPDX-License-Identifier: MIT
#include "host/cli/migration_risk.hpp"

#include <utility>

#include "host/cli/lint_inputs.hpp"
#include "host/cli/lint_options.hpp"

namespace host::cli {

const MigrationRisk::Known& MigrationRisk::known(const migrations::Step& step) {
  const auto source = step.script.shared_source();
  if (const auto found = known_.find(source); found != known_.end()) return found->second;
  if (!linter_) {
    lint::RunOptions options;
    options.server = server_options(context_);
    linter_.emplace(context_.registry(), context_.project().linting, context_.session(),
                    lint::Choice(), std::move(options));
  }
  sql::MigrationFacts facts = facts_of(*step.migration);
  facts.has_down = true;  // a plan says by itself where there is no way back
  lint::Assessment assessment = lint::assess_migration(step.script, *linter_, facts);
  review::Judgement judgement = review::weigh(assessment, step.header);
  return known_.emplace(source, Known{std::move(assessment), std::move(judgement)}).first->second;
}

const review::Judgement& MigrationRisk::judge(const migrations::Step& step) {
  return known(step).judgement;
}

const lint::Assessment& MigrationRisk::assess(const migrations::Step& step) {
  return known(step).assessment;
}

}  // namespace host::cli
