// SPDX-License-Identifier: MIT
#include "host/cli/plan_page_facts.hpp"

#include <confiture/action.h>
#include <fmt/format.h>

#include <boost/json.hpp>
#include <cctype>
#include <chrono>
#include <utility>

#include "host/cli/phrases.hpp"
#include "host/cli/plan_to_review.hpp"
#include "host/cli/plan_view.hpp"
#include "host/cli/promotion_proof.hpp"
#include "host/cli/risk_facts.hpp"
#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"
#include "host/review/ownership.hpp"
#include "host/review/provenance.hpp"
#include "host/review/schedule.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using migrations::Step;
using std::chrono::system_clock;

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* found = object.if_contains(key);
  return found != nullptr && found->is_string() ? std::string(found->as_string()) : std::string();
}

// Yes, no, or nothing where nobody knows.
std::optional<bool> truth_of(const json::object& object, std::string_view key) {
  const json::value* found = object.if_contains(key);
  return found != nullptr && found->is_bool() ? std::optional(found->as_bool()) : std::nullopt;
}

// What is known of a statement's effects, in words.
std::vector<std::string> effects_of(const json::object& statement) {
  std::vector<std::string> effects;
  const std::string lock = text_of(statement, "lock");
  if (!lock.empty()) effects.push_back(lock == "none" ? "takes no lock" : "takes " + lock);
  const auto reads = truth_of(statement, "blocks_reads"),
             writes = truth_of(statement, "blocks_writes");
  if (reads && writes)
    effects.emplace_back(*reads && *writes ? "blocks reads and writes"
                         : *writes         ? "blocks writes"
                         : *reads          ? "blocks reads"
                                           : "blocks neither reads nor writes");
  if (truth_of(statement, "rewrites").value_or(false)) effects.emplace_back("rewrites the table");
  if (truth_of(statement, "scans").value_or(false)) effects.emplace_back("reads the whole table");
  if (truth_of(statement, "data_loss").value_or(false)) effects.emplace_back("loses data");
  if (!truth_of(statement, "reversible").value_or(true))
    effects.emplace_back("cannot be taken back");
  return effects;
}

void add_statements(const Step& step, const json::array& known, PlanPage::Migration& migration) {
  const std::string_view text = step.script.source().text();
  std::uint64_t shown = 0;
  for (std::size_t index = 0; index < step.script.statements().size(); ++index) {
    const sql::Statement& statement = step.script.statements()[index];
    const json::object& facts = known.at(index).as_object();
    // What ends the last statement stands at the beginning of what follows it.
    std::uint64_t end = statement.end_offset;
    while (end < text.size() && (text[end] == ';' || text[end] == ' ')) ++end;
    migration.statements.push_back({statement.place.line, statement.tag,
                                    std::string(text.substr(shown, end - shown)),
                                    text_of(facts, "risk"), effects_of(facts),
                                    text_of(facts, "reason"), text_of(facts, "safer")});
    shown = end;
  }
  migration.rest = text.substr(shown);
}

std::vector<std::string> hooks_around(const migrations::Run& run, std::size_t index) {
  std::vector<std::string> hooks;
  for (const hooks::Phase phase : {CONFITURE_PHASE_PRE_EXECUTE, CONFITURE_PHASE_POST_EXECUTE})
    for (const hooks::Hook* hook : run.hooks_of(phase, index))
      hooks.push_back(
          fmt::format("{} {} ({})", hooks::phase_name(phase), hook->name, hook->action->id));
  return hooks;
}

PlanPage::Migration describe(Context& context, MigrationRun& migration_run, std::size_t index,
                             const json::object& fields) {
  const Step& step = migration_run.run().plan().steps[index];
  const review::Judgement& judgement = migration_run.risk().judge(step);
  const std::string& file = step.script.source().name();
  PlanPage::Migration migration;
  migration.key = step.migration->key();
  migration.risk = judgement.level;
  migration.reasons = judgement.reasons;
  migration.facts = {
      {"Summary", step.header.summary},
      {"Author", step.header.author},
      {"Changed", review::describe_provenance(context.project().root / file, system_clock::now())},
      {"File", file},
      {"SHA-256", step.migration->up.checksum},
      {"Transaction", step.header.transactional ? "one: all of it is done, or nothing"
                                                : "none: a failure leaves what came before it"}};
  for (review::Fact& fact : risk_facts(migration_run.risk(), step)) {
    fact.label[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(fact.label[0])));
    migration.facts.push_back(std::move(fact));
  }
  add_statements(step, fields.at("statements").as_array(), migration);
  if (step.migration->down) migration.way_back = step.migration->down->text;
  migration.hooks = hooks_around(migration_run.run(), index);
  return migration;
}

PlanPage::Approvals describe(const review::Requirement& need, const review::Decision& decision) {
  const config::ApprovalRule& rule = need.rule;
  PlanPage::Approvals approvals;
  approvals.allowed = decision.allowed;
  for (const auto& [role, count] : rule.approvals)
    approvals.needed.push_back(fmt::format("{} of a '{}'", counted(count, "approval"), role));
  for (const review::TeamNeed& team : need.teams)
    approvals.needed.push_back(fmt::format("{} of team '{}', which owns what it touches",
                                           counted(team.count, "approval"), team.team));
  if (need.asks_for_approvals()) {
    approvals.needed.emplace_back(rule.identity == config::ApprovalRule::Identity::ssh
                                      ? "each signed with an SSH key"
                                      : "each given in a session of their own, or signed");
    const auto hours = std::chrono::duration_cast<std::chrono::hours>(rule.expires).count();
    approvals.needed.push_back(fmt::format("an approval holds for {}", counted(hours, "hour")));
  }
  if (rule.backup) approvals.needed.emplace_back("a backup, made by a hook of the run");
  approvals.missing = decision.missing;
  approvals.given = decision.reasons;
  return approvals;
}

// When it is to run, or empty.
std::string appointment(postgres::Connection& connection, const review::PlanToDecide& plan) {
  review::Schedule schedule(connection);
  if (!schedule.exists()) return {};
  for (const review::Appointment& entry : schedule.list(plan.environment, false))
    if (entry.plan == plan.hash)
      return fmt::format("from {} to {}", entry.not_before, entry.not_after);
  return {};
}

}  // namespace

PlanPage plan_page(Context& context, MigrationRun& migration_run) {
  PlanPage page;
  page.environment = migration_run.environment().name;
  page.written_at = format_utc(system_clock::now());
  migrations::Run& run = migration_run.run();
  if (run.plan().steps.empty()) return page;

  const json::object fields = plan_fields(migration_run);
  const review::PlanToDecide plan = plan_to_decide(context, migration_run);
  page.risk = plan.risk;
  page.hash = plan.hash;
  for (std::size_t index = 0; index < run.plan().steps.size(); ++index)
    page.migrations.push_back(describe(context, migration_run, index,
                                       fields.at("migrations").as_array().at(index).as_object()));

  const PromotionProof proof = find_wanted_proof(context, page.environment, run.plan());
  for (const review::Evidence& evidence : proof.evidence)
    page.proven.push_back(review::describe(evidence));
  if (!proof.rows.empty()) page.proven.push_back(proof.rows);
  page.unproven = proof.lacking;

  const auto connection = context.connect(migration_run.environment());
  page.hooks = plan_document(context, migration_run).hooks;
  page.facts = {{"Plan", plan.hash},
                {"Database", plan.database},
                {"Authors", join_words(plan.authors)},
                {"Scheduled", appointment(*connection, plan)}};
  const config::Review& review = context.project().review;
  if (const auto* policy = review.policy_of(page.environment)) {
    page.approvals = describe(review::requirement_of(plan, *policy, review),
                              decide_now(context, *connection, plan, *policy, proof.lacking));
  }
  return page;
}

}  // namespace host::cli
