// SPDX-License-Identifier: MIT
// confiture approvals status, import and export: what was said of the plans of an environment.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/audit_trail.hpp"
#include "host/cli/command.hpp"
#include "host/cli/named_plan.hpp"
#include "host/cli/plan_to_review.hpp"
#include "host/cli/promotion_proof.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/review/errors.hpp"
#include "host/review/standing.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;

// What is pending now, or nothing; `unproven`: what another environment has yet to prove of it.
std::optional<review::PlanDocument> pending_plan(Context& context, const Arguments& arguments,
                                                 std::vector<std::string>& unproven) {
  MigrationRun migration_run(context, arguments, {"approvals status", MigrationRun::Mode::plan});
  migration_run.run().prepare_up({});
  if (migration_run.run().plan().steps.empty()) return std::nullopt;
  const PromotionProof proof =
      find_wanted_proof(context, migration_run.environment().name, migration_run.run().plan());
  unproven = proof.lacking;
  return plan_document(context, migration_run, evidence_document(proof));
}

json::object show_standing(Output& output, const review::PlanDocument& document,
                           const review::Standing& standing) {
  const review::PlanToDecide& plan = document.plan;
  const review::Decision& decision = standing.decision;
  output.line(fmt::format("plan {} {} for '{}' (risk: {}): {}", review::short_hash(plan.hash),
                          document.direction, plan.environment, plan.risk,
                          decision.allowed ? "it may run" : "missing"));
  for (const std::string& missing : decision.missing) output.line("  missing: " + missing);
  for (const std::string& reason : decision.reasons) output.line("  " + reason);
  return {{"plan_hash", plan.hash},
          {"direction", document.direction},
          {"risk", plan.risk},
          {"allowed", decision.allowed},
          {"missing", json::value_from(decision.missing)},
          {"reasons", json::value_from(decision.reasons)}};
}

// Plans that ran without approvals and that nobody has approved since.
json::array show_debts(Context& context, review::ApprovalStore& store, review::Verifier& verifier) {
  const config::Review& review = context.project().review;
  const auto& policy = required_policy(context, context.globals().environment);
  json::array debts;
  std::string last;
  for (const review::Use& use : store.broken_glass()) {
    if (use.plan == last) continue;
    last = use.plan;
    const auto known = store.plans(use.plan);
    if (known.empty() || known.front().environment != policy.environment) continue;
    const review::PlanDocument document =
        review::read_plan_document(known.front().document, "plan " + use.plan);
    const auto approvals = verifier.verify(store.statements(use.plan));
    if (is_settled(document.plan, policy, approvals, review)) continue;
    std::string reason;
    for (const review::Approval& each : approvals)
      if (each.statement.verdict == review::Verdict::break_glass)
        reason = fmt::format("'{}': {}", each.statement.approver, each.statement.comment);
    const std::string hash = review::short_hash(use.plan);
    context.output().line(
        fmt::format("debt: plan {} ran without approvals at {} ({}); sign it off with: confiture "
                    "approve {} --env {}",
                    hash, use.used_at, reason, hash, policy.environment));
    debts.push_back(json::object{
        {"plan_hash", use.plan}, {"used_at", use.used_at}, {"run", use.run}, {"reason", reason}});
  }
  return debts;
}

Exit run_status(Context& context, const Arguments& arguments) {
  const auto& policy = required_policy(context, context.globals().environment);
  const config::Review& review = context.project().review;
  std::optional<review::PlanDocument> document;
  std::vector<std::string> unproven;
  if (arguments.positionals().empty()) {
    document = pending_plan(context, arguments, unproven);
  } else {
    NamedPlan named = find_plan(context, arguments, arguments.positionals().front());
    document = std::move(named.document);
    unproven = std::move(named.unproven);
  }
  const auto connection = context.connect(context.environment());
  review::ApprovalStore store(*connection);
  store.open(review);
  review::Verifier verifier(review);
  json::array plans;
  bool allowed = true;
  if (document) {
    const review::Standing standing =
        stand(store, verifier, document->plan, policy, review, true, {}, unproven);
    allowed = standing.decision.allowed;
    plans.push_back(show_standing(context.output(), *document, standing));
  } else {
    context.output().line("nothing is pending");
  }
  json::array debts = show_debts(context, store, verifier);
  const Exit exit = !allowed ? Exit::unapproved : debts.empty() ? Exit::done : Exit::findings;
  context.output().document(exit == Exit::done, {{"environment", policy.environment},
                                                 {"plans", std::move(plans)},
                                                 {"debts", std::move(debts)}});
  return exit;
}

// A statement and its signature, one after the other, as often as it likes.
std::vector<review::Recorded> split_file(const std::string& text) {
  constexpr std::string_view start = "confiture-approval-v1\n",
                             signature = "-----BEGIN SSH SIGNATURE-----\n";
  std::vector<review::Recorded> all;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = text.find("\n" + std::string(start), at);
    next = next == std::string::npos ? text.size() : next + 1;
    const std::string one = text.substr(at, next - at);
    const std::size_t end = one.find(signature);
    all.push_back({one.substr(0, end), end == std::string::npos ? "" : one.substr(end), {}, {}});
    at = next;
  }
  return all;
}

Exit run_import(Context& context, const Arguments& arguments) {
  const config::Review& review = context.project().review;
  required_policy(context, context.globals().environment);
  std::vector<std::pair<std::string, review::Recorded>> all;
  for (const std::string& file : arguments.positionals())
    for (review::Recorded& each : split_file(read_file(file))) all.emplace_back(file, each);
  review::Verifier verifier(review);
  for (const auto& [file, each] : all) {
    const review::Statement said = review::parse_statement(each.text);
    const bool known = review.find_person(said.approver) != nullptr;
    const std::string problem = each.signature.empty()
                                    ? "it is not signed"
                                    : verifier.verify(std::vector{each}).front().problem;
    if (!known || !problem.empty())
      throw Error(review::errors::bad_signature,
                  fmt::format("'{}', by '{}': {}", printable(file), printable(said.approver),
                              known ? problem : "no such person in review.people"),
                  "nothing was imported");
  }
  const auto connection = context.connect(context.environment());
  review::ApprovalStore store(*connection);
  store.open(review);
  const audit::Trail trail = audit_trail(context, *connection);
  json::array imported;
  for (const auto& [file, each] : all) {
    const review::Statement said = review::parse_statement(each.text);
    store.record(said, each.signature, trail);
    context.output().line(fmt::format("{} of plan {} by '{}'", review::to_string(said.verdict),
                                      review::short_hash(said.plan), said.approver));
    imported.push_back(json::object{{"plan_hash", said.plan},
                                    {"decision", review::to_string(said.verdict)},
                                    {"approver", said.approver}});
  }
  context.output().document(true, {{"imported", std::move(imported)}});
  return Exit::done;
}

Exit run_export(Context& context, const Arguments& arguments) {
  const NamedPlan named = find_plan(context, arguments, arguments.positionals().front());
  const std::string& hash = named.document.plan.hash;
  const auto connection = context.connect(context.environment());
  review::ApprovalStore store(*connection);
  json::array statements;
  if (store.exists())
    for (const review::Recorded& each : store.statements(hash)) {
      if (each.signature.empty()) {
        context.output().warning(
            fmt::format("what role '{}' recorded is not signed, and means nothing elsewhere",
                        each.recorded_by));
        continue;
      }
      context.output().text(each.text + each.signature);
      statements.push_back(json::object{{"statement", each.text}, {"signature", each.signature}});
    }
  context.output().document(true, {{"plan_hash", hash}, {"statements", std::move(statements)}});
  return Exit::done;
}

}  // namespace

extern const Command approvals_status_command, approvals_import_command, approvals_export_command;
const Command approvals_status_command{"approvals status",
                                       "[PLAN]",
                                       "show what a plan has and lacks, and debts; exit 9 or 1",
                                       {},
                                       0,
                                       1,
                                       run_status};
const Command approvals_import_command{
    "approvals import", "FILE...", "bring approvals from files to the database", {}, 1, 1000,
    run_import};
const Command approvals_export_command{
    "approvals export", "PLAN", "write what was signed about a plan, for another place", {}, 1, 1,
    run_export};

}  // namespace host::cli
