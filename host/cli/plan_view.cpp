// SPDX-License-Identifier: MIT
#include "host/cli/plan_view.hpp"

#include <confiture/action.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "host/cli/phrases.hpp"
#include "host/foundation/text.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using migrations::Rehearsal;
using migrations::Step;
using migrations::Trial;

// The worst finding about a statement; null where there is none that adds a risk.
const lint::Finding* worst_finding(const lint::Assessment& assessment,
                                   const sql::Statement& statement) {
  const lint::Finding* worst = nullptr;
  for (const lint::Finding& finding : assessment.findings) {
    const bool inside = std::pair(finding.line, finding.column) >=
                            std::pair(statement.place.line, statement.place.column) &&
                        std::pair(finding.line, finding.column) <=
                            std::pair(statement.end_place.line, statement.end_place.column);
    if (inside && finding.risk != lint::Risk::none &&
        (worst == nullptr || finding.risk > worst->risk))
      worst = &finding;
  }
  return worst;
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

// A way back that can be run, as far as can be told before.
bool reversible(const Step& step) {
  if (!step.migration->down) return false;
  try {
    return !migrations::read_step(*step.migration, *step.migration->down)
                .script.statements()
                .empty();
  } catch (const Error&) {
    return false;
  }
}

// Whether a statement takes a lock of at least that strength. Of one that was held already nobody
// can tell whether this statement needs it too.
json::value takes(const migrations::Observation& seen, std::string_view mode) {
  const int least = migrations::lock_rank(mode);
  if (!seen.locks.empty() && migrations::lock_rank(seen.locks.front().mode) >= least) return true;
  return seen.rank_before >= least ? json::value(nullptr) : json::value(false);
}

void add_observation(const Trial& trial, json::object& document) {
  document["executed"] = trial.executed;
  document["not_executed_because"] = text_or_null(trial.why);
  if (!trial.executed) return;
  document["duration_ms"] = trial.duration_ms;
  const migrations::Observation& seen = trial.observation;
  json::array locks;
  for (const migrations::HeldLock& lock : seen.locks)
    locks.push_back(json::object{{"relation", lock.relation}, {"mode", lock.mode}});
  document["locks"] = std::move(locks);
  document["rewritten"] = json::value_from(seen.rewritten);
  document["rebuilt"] = json::value_from(seen.rebuilt);
  document["scanned"] = json::value_from(seen.scanned);
  const std::string strongest = seen.locks.empty() ? "" : seen.locks.front().mode;
  document["lock"] = text_or_null(strongest);
  document["blocks_reads"] = takes(seen, "ACCESS EXCLUSIVE");
  document["blocks_writes"] = takes(seen, "SHARE");
  document["rewrites"] = !seen.rewritten.empty();
  document["scans"] = !seen.scanned.empty();
}

json::object describe(const sql::Statement& statement, const lint::Assessment& assessment,
                      const Trial* trial) {
  const lint::Finding* finding = worst_finding(assessment, statement);
  json::object document{{"sql", statement.text},    {"line", statement.place.line},
                        {"lock", nullptr},          {"blocks_reads", nullptr},
                        {"blocks_writes", nullptr}, {"rewrites", nullptr},
                        {"scans", nullptr},         {"data_loss", nullptr},
                        {"reversible", nullptr},    {"risk", nullptr},
                        {"reason", nullptr},        {"safer", nullptr}};
  if (finding != nullptr) {
    document["risk"] = lint::to_string(finding->risk);
    document["reason"] = finding->message;
    document["safer"] =
        text_or_null(finding->suggestion.empty() ? finding->hint : finding->suggestion);
  } else if (!statement.error) {
    document["risk"] = lint::to_string(lint::Risk::none);
  }
  if (trial != nullptr) add_observation(*trial, document);
  return document;
}

// What would run around a migration, and when: those that talk to the world run outside its
// transaction.
void show_hooks(Output& output, const migrations::Run& run, hooks::Phase phase, std::size_t index) {
  const bool before = phase == CONFITURE_PHASE_PRE_EXECUTE;
  for (const hooks::Hook* hook : run.hooks_of(phase, index)) {
    const bool outside = hook->outside() && run.plan().steps[index].header.transactional;
    output.line(fmt::format("    {} {} ({}){}", hooks::phase_name(phase), hook->name,
                            hook->action->id,
                            !outside ? ""
                            : before ? ", before the transaction"
                                     : ", after the commit"));
  }
}

std::string summary_of(const Trial& trial) {
  if (!trial.executed) return "not executed: " + trial.why;
  std::string text = fmt::format("{:.0f} ms", trial.duration_ms);
  std::vector<std::string> locks;
  for (const migrations::HeldLock& lock : trial.observation.locks)
    locks.push_back(fmt::format("{} on {}", lock.mode, lock.relation));
  const auto add = [&](std::string_view what, const std::vector<std::string>& names) {
    if (!names.empty()) text += fmt::format("; {} {}", what, join_words(names));
  };
  add("locks", locks);
  add("rewrites", trial.observation.rewritten);
  add("rebuilds", trial.observation.rebuilt);
  add("scans", trial.observation.scanned);
  return text;
}

void show_statements(Output& output, const Step& step, const lint::Assessment& assessment,
                     const std::vector<Trial>* trials) {
  for (std::size_t index = 0; index < step.script.statements().size(); ++index) {
    const sql::Statement& statement = step.script.statements()[index];
    const lint::Finding* finding = worst_finding(assessment, statement);
    output.line(fmt::format(
        "    line {}: {}{}{}", statement.place.line,
        statement.tag.empty() ? "a statement" : statement.tag,
        finding == nullptr ? "" : fmt::format(" (risk: {})", lint::to_string(finding->risk)),
        trials == nullptr ? "" : ": " + summary_of((*trials)[index])));
  }
}

}  // namespace

void show_plan(Output& output, MigrationRun& migration_run, const Rehearsal* rehearsal) {
  const migrations::Plan& plan = migration_run.run().plan();
  for (std::size_t index = 0; index < plan.steps.size(); ++index) {
    const Step& step = plan.steps[index];
    output.line(fmt::format("  {} (risk: {}{}{})", step.migration->key(), step.risk,
                            step.header.transactional ? "" : ", no transaction",
                            reversible(step) ? "" : ", no way back"));
    for (const std::string& reason : migration_run.risk().judge(step).reasons)
      output.line("    - " + reason);
    show_hooks(output, migration_run.run(), CONFITURE_PHASE_PRE_EXECUTE, index);
    show_statements(output, step, migration_run.risk().assess(step),
                    rehearsal == nullptr ? nullptr : &rehearsal->steps[index]);
    show_hooks(output, migration_run.run(), CONFITURE_PHASE_POST_EXECUTE, index);
  }
}

json::object plan_fields(MigrationRun& migration_run, const Rehearsal* rehearsal) {
  const migrations::Plan& plan = migration_run.run().plan();
  constexpr std::array<std::string_view, 5> levels{"none", "low", "medium", "high", "critical"};
  std::size_t worst = 0;
  json::array all;
  for (std::size_t index = 0; index < plan.steps.size(); ++index) {
    const Step& step = plan.steps[index];
    const review::Judgement& judgement = migration_run.risk().judge(step);
    const auto* level = std::find(levels.begin(), levels.end(), judgement.level);
    worst = std::max(worst, static_cast<std::size_t>(level - levels.begin()));
    json::array statements;
    for (std::size_t number = 0; number < step.script.statements().size(); ++number)
      statements.push_back(
          describe(step.script.statements()[number], migration_run.risk().assess(step),
                   rehearsal == nullptr ? nullptr : &rehearsal->steps[index][number]));
    all.push_back(json::object{{"version", step.migration->version.text()},
                               {"name", step.migration->name},
                               {"risk", judgement.level},
                               {"reasons", json::value_from(judgement.reasons)},
                               {"transactional", step.header.transactional},
                               {"reversible", reversible(step)},
                               {"statements", std::move(statements)}});
  }
  return {{"migrations", std::move(all)},
          {"risk", levels[std::min(worst, levels.size() - 1)]},
          {"plan_hash", migration_run.run().hash()}};
}

}  // namespace host::cli
