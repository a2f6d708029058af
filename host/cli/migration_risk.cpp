// SPDX-License-Identifier: MIT
#include "host/cli/migration_risk.hpp"

#include <algorithm>
#include <utility>

#include "host/cli/facts.hpp"
#include "host/cli/lint_inputs.hpp"
#include "host/cli/lint_options.hpp"
#include "host/foundation/file.hpp"

namespace host::cli {
namespace {

std::unique_ptr<postgres::Connection> facts_or_null(Context& context) {
  try {
    return connect_for_facts(context);
  } catch (const Error&) {
    return nullptr;  // the classifiers take the worse reading, and say so
  }
}

}  // namespace

void MigrationRisk::prepare() {
  if (linter_) return;
  facts_ = facts_or_null(context_);
  lint::RunOptions options;
  options.server = server_options(context_);
  sql::ModelOptions server = options.server;
  if (facts_ != nullptr) server.server_version = facts_->server_version();
  classifiers_.emplace(context_.registry(), context_.project().risk, context_.session(),
                       facts_.get(), server);
  linter_.emplace(context_.registry(), context_.project().linting, context_.session(),
                  lint::Choice(), std::move(options));
}

const MigrationRisk::Known& MigrationRisk::known(const migrations::Step& step) {
  const auto source = step.script.shared_source();
  if (const auto found = known_.find(source); found != known_.end()) return found->second;
  prepare();
  sql::MigrationFacts facts = facts_of(*step.migration);
  facts.has_down = true;  // a plan says by itself where there is no way back
  Known made;
  made.effects = classifiers_->classify(step.script, facts);
  made.assessment = lint::assess_migration(step.script, *linter_, facts);
  made.way_back = find_way_back(step, facts);
  made.judgement =
      review::weigh(step.script, made.effects, made.assessment, made.way_back, step.header);
  return known_.emplace(source, std::move(made)).first->second;
}

review::WayBack MigrationRisk::find_way_back(const migrations::Step& step,
                                             const sql::MigrationFacts& facts) {
  const auto& down = step.migration->down;
  if (!down) return review::WayBack::none;
  try {
    migrations::File file = *down;
    if (file.text.empty() && !file.path.empty()) file.text = read_file(file.path);
    const migrations::Step back = migrations::read_step(*step.migration, file);
    // One file may hold both ways: the text tells.
    if (back.script.source().name() == step.script.source().name() &&
        back.script.source().text() == step.script.source().text())
      return review::WayBack::unasked;
    if (back.script.statements().empty()) return review::WayBack::none;
    const std::vector<review::Effect> effects =
        classifiers_->classify_way_back(step.script, back.script, facts);
    const bool loses =
        std::any_of(effects.begin(), effects.end(), [](const review::Effect& effect) {
          return effect.loses_data == review::Truth::yes;
        });
    return loses ? review::WayBack::loses_data : review::WayBack::safe;
  } catch (const Error&) {
    return review::WayBack::none;  // one that cannot be run
  }
}

const review::Judgement& MigrationRisk::judge(const migrations::Step& step) {
  return known(step).judgement;
}

const lint::Assessment& MigrationRisk::assess(const migrations::Step& step) {
  return known(step).assessment;
}

const std::vector<review::Effect>& MigrationRisk::effects(const migrations::Step& step) {
  return known(step).effects;
}

review::WayBack MigrationRisk::way_back(const migrations::Step& step) {
  return known(step).way_back;
}

}  // namespace host::cli
