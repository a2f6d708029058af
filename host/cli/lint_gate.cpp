// SPDX-License-Identifier: MIT
#include "host/cli/lint_gate.hpp"

#include "host/cli/context.hpp"
#include "host/cli/lint_inputs.hpp"
#include "host/cli/lint_options.hpp"
#include "host/extensions/errors.hpp"

namespace host::cli {
namespace {

using extensions::LintFinding;

LintFinding to_finding(const lint::Finding& finding) {
  LintFinding found;
  found.rule = finding.rule;
  found.category = finding.category;
  found.severity = static_cast<std::int32_t>(finding.severity);
  found.risk = static_cast<std::int32_t>(finding.risk);
  found.file = finding.file();
  found.location.line = finding.line;
  found.location.column = finding.column;
  found.location.end_line = finding.end_line;
  found.location.end_column = finding.end_column;
  found.object = finding.object;
  found.message = finding.message;
  found.hint = finding.hint;
  found.suggestion = finding.suggestion;
  return found;
}

// Whether the node is the plan, or this migration of it.
bool covers(const sql::Node& node, const migrations::Step& step) {
  return node.kind == CONFITURE_NODE_PLAN ||
         (node.kind == CONFITURE_NODE_MIGRATION &&
          node.text(CONFITURE_PROP_VERSION) == step.migration->version.text() &&
          node.text(CONFITURE_PROP_NAME) == step.migration->name);
}

}  // namespace

std::vector<LintFinding> LintGate::judge(const extensions::LintQuery& query) {
  auto& linter = linters_[{query.select, query.ignore}];
  if (linter == nullptr) {
    lint::RunOptions options;
    options.server = server_options(context_);
    linter = std::make_unique<lint::Linter>(
        context_.registry(), context_.project().linting, context_.session(),
        lint::Choice{query.select, query.ignore}, std::move(options));
  }
  std::vector<LintFinding> found;
  if (query.node == nullptr) return found;
  if (plan_ == nullptr)
    throw Error(extensions::errors::failed, "no migration is planned that could be judged");
  if (plan_->direction == migrations::Direction::down) return found;
  for (const migrations::Step& step : plan_->steps)
    if (covers(*query.node, step))
      for (const lint::Finding& finding :
           linter->judge_migration(step.script, facts_of(*step.migration)))
        found.push_back(to_finding(finding));
  return found;
}

}  // namespace host::cli
