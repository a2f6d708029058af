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

json::value truth(review::Truth value) {
  if (value == review::Truth::unknown) return nullptr;
  return value == review::Truth::yes;
}

// What was told before and what was seen do not say the same: the worse holds, and both are shown.
void take_worse(json::object& document, json::array& differences, const char* field,
                json::value seen) {
  const json::value told = document[field];
  if (told == seen) return;
  if (!told.is_null())
    differences.push_back(json::object{{"field", field}, {"told", told}, {"seen", seen}});
  if (told.is_null() || (seen.is_bool() && seen.as_bool())) document[field] = std::move(seen);
}

void add_observation(const Trial& trial, json::object& document) {
  document["executed"] = trial.executed;
  document["not_executed_because"] = text_or_null(trial.why);
  if (!trial.executed) return;
  document["duration_ms"] = trial.duration_ms;
  const migrations::Observation& seen = trial.observation;
  json::array locks, differences;
  for (const migrations::HeldLock& lock : seen.locks)
    locks.push_back(json::object{{"relation", lock.relation}, {"mode", lock.mode}});
  document["locks"] = std::move(locks);
  document["rewritten"] = json::value_from(seen.rewritten);
  document["rebuilt"] = json::value_from(seen.rebuilt);
  document["scanned"] = json::value_from(seen.scanned);
  const std::string strongest = seen.locks.empty() ? "" : seen.locks.front().mode;
  // A lock that was held already is no news, and none is seen on what the plan itself has made.
  const json::value told = document["lock"];
  const int told_rank = told.is_string() ? migrations::lock_rank(told.as_string().c_str()) : 0;
  if (migrations::lock_rank(strongest) > told_rank)
    take_worse(document, differences, "lock", json::value(strongest));
  if (!strongest.empty() && migrations::lock_rank(strongest) >= migrations::lock_rank("SHARE"))
    take_worse(document, differences, "blocks_writes", true);
  if (strongest == "ACCESS EXCLUSIVE") take_worse(document, differences, "blocks_reads", true);
  if (!seen.rewritten.empty()) take_worse(document, differences, "rewrites", true);
  if (!seen.scanned.empty()) take_worse(document, differences, "scans", true);
  document["differences"] = std::move(differences);
}

json::array touched_of(const review::Effect& effect) {
  json::array all;
  for (const review::Touched& one : effect.touched)
    all.push_back(json::object{{"relation", one.relation},
                               {"lock", one.lock},
                               {"rows", one.rows < 0 ? json::value(nullptr) : json::value(one.rows)},
                               {"bytes", one.bytes < 0 ? json::value(nullptr)
                                                       : json::value(one.bytes)}});
  return all;
}

json::object describe(const sql::Statement& statement, const review::Effect& effect,
                      const lint::Assessment& assessment, const Trial* trial) {
  json::object document{{"sql", statement.text},
                        {"line", statement.place.line},
                        {"form", text_or_null(effect.form)},
                        {"lock", text_or_null(effect.lock)},
                        {"blocks_reads", truth(effect.blocks_reads)},
                        {"blocks_writes", truth(effect.blocks_writes)},
                        {"rewrites", truth(effect.rewrites)},
                        {"scans", truth(effect.scans)},
                        {"data_loss", truth(effect.loses_data)},
                        {"lost", text_or_null(effect.lost)},
                        {"reversible", truth(effect.reversible)},
                        {"way_back", text_or_null(effect.way_back)},
                        {"risk", lint::to_string(effect.risk)},
                        {"reason", text_or_null(effect.reasons.empty() ? "" : effect.reasons[0])},
                        {"reasons", json::value_from(effect.reasons)},
                        {"safer", text_or_null(effect.safer)},
                        {"blocking", review::blocking_budget(effect.blocked_bytes)},
                        {"touches", touched_of(effect)}};
  const lint::Finding* finding = worst_finding(assessment, statement);
  if (finding != nullptr && finding->risk >= effect.risk) {
    document["risk"] = lint::to_string(finding->risk);
    document["reason"] = finding->message;
    const std::string& better = finding->suggestion.empty() ? finding->hint : finding->suggestion;
    if (!better.empty()) document["safer"] = better;
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

// "risk: high, SHARE on public.orders, blocks writes, scans"
std::string facts_of(const review::Effect& effect, const lint::Finding* finding) {
  const lint::Risk risk = finding == nullptr ? effect.risk : std::max(effect.risk, finding->risk);
  std::string text = fmt::format("risk: {}", lint::to_string(risk));
  if (!effect.lock.empty() && effect.lock != "none")
    text += fmt::format(", {}{}", effect.lock,
                        effect.touched.empty() ? "" : " on " + effect.touched[0].relation);
  const auto add = [&text](review::Truth truth, std::string_view what) {
    if (truth == review::Truth::yes) text += fmt::format(", {}", what);
  };
  const bool reads = effect.blocks_reads == review::Truth::yes;
  add(effect.blocks_reads, "blocks reads and writes");
  if (!reads) add(effect.blocks_writes, "blocks writes");
  add(effect.rewrites, "rewrites");
  if (effect.rewrites != review::Truth::yes) add(effect.scans, "scans");
  add(effect.loses_data, "loses data");
  return text;
}

void show_statements(Output& output, const Step& step, const lint::Assessment& assessment,
                     const std::vector<review::Effect>& effects,
                     const std::vector<Trial>* trials) {
  for (std::size_t index = 0; index < step.script.statements().size(); ++index) {
    const sql::Statement& statement = step.script.statements()[index];
    const lint::Finding* finding = worst_finding(assessment, statement);
    output.line(fmt::format(
        "    line {}: {} ({}){}", statement.place.line,
        statement.tag.empty() ? "a statement" : statement.tag, facts_of(effects[index], finding),
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
                    migration_run.risk().effects(step),
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
          describe(step.script.statements()[number], migration_run.risk().effects(step)[number],
                   migration_run.risk().assess(step),
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
