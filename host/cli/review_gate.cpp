// SPDX-License-Identifier: MIT
#include "host/cli/review_gate.hpp"

#include <confiture/action.h>
#include <confiture/services.h>
#include <fmt/format.h>

#include <boost/json.hpp>
#include <mutex>

#include "host/cli/migration_run.hpp"
#include "host/cli/plan_to_review.hpp"
#include "host/cli/review_notes.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/hash.hpp"
#include "host/foundation/text.hpp"
#include "host/postgres/transaction.hpp"
#include "host/review/errors.hpp"
#include "host/review/policy.hpp"
#include "host/review/signature.hpp"

namespace host::cli {

namespace json = boost::json;

constinit const Option break_glass_option{
    "break-glass", "", "in an emergency: without approvals, if your role may; leaves a debt"};
constinit const Option reason_option{"reason", "TEXT", "why --break-glass"};
constinit const Option as_option{"as", "PERSON", "who you are, of review.people"};
constinit const Option key_option{"key", "FILE",
                                  "your SSH key, or the .pub of one that an agent holds"};

namespace {

std::string hint_for(review::Decision::Next next, const std::string& hash,
                     const std::string& environment) {
  using Next = review::Decision::Next;
  switch (next) {
    case Next::new_plan:
      return fmt::format("see what is pending now: confiture migrate plan --env {}", environment);
    case Next::withdrawal:
      return fmt::format(
          "change the plan, or ask who rejected it for: confiture approvals revoke {} "
          "--env {}",
          hash, environment);
    case Next::proof:
      return fmt::format("apply it there first, then: confiture promote --to {} --from ENV",
                         environment);
    case Next::backup:
      return fmt::format("no approval helps: a hook of environment '{}' has to make one in the run",
                         environment);
    case Next::approval:
    case Next::run:
      break;
  }
  return fmt::format("confiture approve {} --env {}", hash, environment);
}

// A hook of this run has saved the database, and says where.
bool has_backup(Context& context) {
  extensions::Session& session = context.session();
  const std::lock_guard guard(session.mutex);
  return session.metadata.contains(CONFITURE_METADATA_BACKUP);
}

}  // namespace

void refuse_other_name(const config::Review& review, const std::string& environment,
                       postgres::Connection& connection) {
  review::ApprovalStore store(connection);
  if (!store.exists()) return;
  for (const std::string& name : store.environments()) {
    const bool known = review.policy_of(name) != nullptr;
    if (name == environment ? known : !known) continue;
    if (name == environment)
      throw Error(review::errors::missing,
                  fmt::format("this database is under review, and environment '{}' has no policy",
                              environment),
                  fmt::format("where nobody has to approve anything any more, say so under review: "
                              "{}: {{ critical: {{ approvals: {{}} }} }}",
                              environment));
    throw Error(review::errors::missing,
                fmt::format("this database is under review as environment '{}', and not as '{}'",
                            name, environment),
                fmt::format("use --env {}", name));
  }
}

ReviewGate::ReviewGate(Context& context, MigrationRun& migration_run, const Arguments& arguments)
    : context_(context),
      migration_run_(migration_run),
      environment_(context.globals().environment),
      policy_(context.project().review.policy_of(environment_)),
      verifier_(context.project().review),
      break_glass_(arguments.flag("break-glass")),
      reason_(arguments.text("reason").value_or("")),
      as_(arguments.text("as")),
      key_(arguments.text("key")) {
  if (break_glass_ == reason_.empty() || reason_.find('\n') != std::string::npos)
    throw Error(host::errors::usage, "--break-glass and --reason go together",
                "--break-glass --reason TEXT, in one line: it is kept, and asked about");
  if (break_glass_) required_policy(context, environment_);
}

std::string ReviewGate::policy() const {
  return review::canonical(context_.project().review, environment_);
}

migrations::Permit ReviewGate::permit() {
  return {
      [this](postgres::Connection& connection, const std::string& run) { check(connection, run); },
      [this](postgres::Connection& connection, const std::string& run, std::size_t step) {
        return use(connection, run, step);
      }};
}

void ReviewGate::check(postgres::Connection& connection, const std::string& run) {
  refuse_other_name(context_.project().review, environment_, connection);
  if (policy_ == nullptr) return;
  if (!plan_ || plan_->plan.hash != migration_run_.run().hash()) {
    ask(connection, run);
  } else if (const review::Standing standing = look(connection, run); !standing.decision.allowed) {
    refuse(standing.decision);
  }
}

// Once a plan, outside a transaction.
void ReviewGate::ask(postgres::Connection& connection, const std::string& run) {
  const migrations::Plan& plan = migration_run_.run().plan();
  if (!policy_->applied_in.empty() && plan.direction == migrations::Direction::up)
    proof_ = find_proof(context_, policy_->applied_in, policy_->min_soak, plan);
  plan_ = plan_document(context_, migration_run_, evidence_document(proof_));
  review::ApprovalStore store(connection);
  store.open(context_.project().review);
  if (break_glass_) break_glass(store);
  const review::Standing standing = look(connection, run);
  migrations::Run& work = migration_run_.run();
  postgres::Transaction transaction(connection);
  const bool fresh =
      store.keep_plan({plan_->plan.hash, environment_, plan_->text}) && !standing.decision.allowed;
  note_review(connection, work.trail(), context_.project().review, *plan_, standing);
  if (fresh) {
    if (const std::string told = work.announcement(CONFITURE_PHASE_APPROVAL_REQUESTED, "pending");
        !told.empty())
      connection.execute(told);
    work.trail().append(
        connection, "approval.requested",
        {{"risk", plan_->plan.risk}, {"missing", json::value_from(standing.decision.missing)}});
  }
  transaction.commit();
  if (standing.decision.allowed) return;
  if (fresh) {
    try {
      work.announce(CONFITURE_PHASE_APPROVAL_REQUESTED, "pending");
    } catch (const Error& error) {
      if (error.code().exit != Exit::stopped) throw;
      context_.output().warning(error.message());
    }
  }
  refuse(standing.decision);
}

review::Standing ReviewGate::look(postgres::Connection& connection, const std::string& run) {
  review::ApprovalStore store(connection);
  review::Standing standing =
      review::stand(store, verifier_, plan_->plan, *policy_, context_.project().review,
                    has_backup(context_), run, proof_.lacking);
  evidence_ = standing.evidence();
  broke_glass_ = standing.decision.broke_glass;
  return standing;
}

void ReviewGate::break_glass(review::ApprovalStore& store) {
  using namespace std::chrono_literals;
  const review::Signer signer = review::find_signer(context_.project().review, as_, key_);
  review::Statement said;
  said.plan = plan_->plan.hash;
  said.environment = environment_;
  said.database = plan_->plan.database;
  said.risk = plan_->plan.risk;
  said.verdict = review::Verdict::break_glass;
  said.approver = signer.person->name;
  for (const std::string& role : signer.person->roles)
    for (const std::string& breaker : policy_->break_glass)
      if (role == breaker) said.role = role;
  said.issued = review::now_in_milliseconds();
  said.expires = said.issued + 1h;
  said.nonce = review::make_nonce();
  said.comment = reason_;
  store.record(said, review::sign(to_text(said), signer), migration_run_.run().trail());
}

void ReviewGate::refuse(const review::Decision& decision) {
  const review::PlanToDecide& plan = plan_->plan;
  for (const std::string& reason : decision.reasons) context_.output().message(reason);
  context_.output().add_to_error(json::object{{"plan_hash", plan.hash},
                                              {"risk", plan.risk},
                                              {"missing", json::value_from(decision.missing)},
                                              {"reasons", json::value_from(decision.reasons)}});
  const std::string hash = review::short_hash(plan.hash);
  throw Error(review::errors::missing,
              fmt::format("plan {} for '{}' (risk: {}) is missing {}", hash, environment_,
                          plan.risk, join_words(decision.missing)),
              hint_for(decision.next, hash, environment_));
}

std::string ReviewGate::use(postgres::Connection& connection, const std::string& run,
                            std::size_t step) {
  if (policy_ == nullptr) return {};
  const std::string key = migration_run_.run().plan().steps[step].migration->key();
  review::ApprovalStore(connection)
      .use({plan_->plan.hash, key, run, {}, {}, broke_glass_}, evidence_);
  if (broke_glass_ && step == 0)
    context_.output().warning(fmt::format(
        "this runs without approvals: the debt stays until plan {} is approved afterwards",
        review::short_hash(plan_->plan.hash)));
  const audit::Trail& trail = migration_run_.run().trail();
  std::string entries =
      trail.sql("approval.consumed", {{"migration", key},
                                      {"risk", plan_->plan.risk},
                                      {"broke_glass", broke_glass_},
                                      {"evidence_sha256", sha256_hex(evidence_)}});
  if (const std::string proven = proof_entry(proof_, key, trail); !proven.empty())
    entries += "; " + proven;
  return entries;
}

}  // namespace host::cli
