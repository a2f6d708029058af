// SPDX-License-Identifier: MIT
#include "host/cli/wizard_schedule.hpp"

#include <fmt/format.h>

#include "host/cli/migration_run.hpp"
#include "host/cli/plan_to_review.hpp"
#include "host/cli/scheduling.hpp"
#include "host/foundation/text.hpp"
#include "host/review/standing.hpp"

namespace host::cli {

void WizardSchedule::offer(review::WizardSetting& setting) {
  if (context_.project().review.policy_of(context_.globals().environment) == nullptr) return;
  setting.propose = [this](const std::string& when) { return propose(when); };
  setting.schedule = [this](const review::Proposal& proposal) { add(proposal); };
}

review::Proposal WizardSchedule::propose(const std::string& when) {
  review::Proposal proposal = read_when(*context_.connect(context_.environment()), when);
  MigrationRun rest(context_, arguments_, {"migrate wizard", MigrationRun::Mode::plan});
  rest.run().prepare_up({});
  document_ = plan_document(context_, rest);
  proposal.plan_hash = document_->plan.hash;
  return proposal;
}

void WizardSchedule::add(const review::Proposal& proposal) {
  const auto connection = context_.connect(context_.environment());
  const review::Appointment entry =
      put_on_schedule(context_, *connection, *document_, proposal.opening, proposal.window);
  const std::string& environment = document_->plan.environment;
  context_.output().line(fmt::format("{}: {}", entry.id, describe_appointment(entry)));
  const config::Review& review = context_.project().review;
  review::ApprovalStore store(*connection);
  review::Verifier verifier(review);
  const review::Standing standing =
      stand(store, verifier, document_->plan, required_policy(context_, environment), review, true);
  if (!standing.decision.allowed)
    context_.output().message("missing until then: " + join_words(standing.decision.missing));
  command_ = fmt::format(
      "confiture schedule add {} --env {} {}", review::short_hash(proposal.plan_hash), environment,
      proposal.window.empty() ? fmt::format("--at {} --until {}", proposal.opening.not_before,
                                            proposal.opening.not_after)
                              : fmt::format("--window \"{}\"", printable(proposal.window)));
}

}  // namespace host::cli
