// SPDX-License-Identifier: MIT
#include "host/review/standing.hpp"

#include <fmt/format.h>

#include "host/foundation/text.hpp"
#include "host/review/signature.hpp"

namespace host::review {

std::vector<Approval> Verifier::verify(const std::vector<Recorded>& recorded) {
  std::vector<Approval> approvals;
  approvals.reserve(recorded.size());
  for (const Recorded& each : recorded) approvals.push_back(verify_one(each));
  return approvals;
}

Approval Verifier::verify_one(const Recorded& recorded) {
  Approval approval;
  try {
    approval.statement = parse_statement(recorded.text);
  } catch (const Error& error) {
    approval.statement.approver = recorded.recorded_by;
    approval.problem = error.message();
    return approval;
  }
  Statement& said = approval.statement;
  const config::Person* person = review_.find_person(said.approver);
  if (person == nullptr) return approval;  // decide() says so
  if (!recorded.signature.empty()) {
    approval.identity = Approval::Identity::ssh;
    const auto [known, fresh] =
        known_.try_emplace({recorded.text, recorded.signature, person->ssh_key});
    if (fresh) known->second = check_signature(recorded.text, recorded.signature, *person);
    approval.problem = known->second;
    return approval;
  }
  approval.identity = Approval::Identity::database;
  const std::optional<Moment> moment = parse_moment(recorded.recorded_at);
  if (person->database_role.empty() || person->database_role != recorded.recorded_by || !moment) {
    approval.problem =
        fmt::format("it is not signed, and role '{}' recorded it", printable(recorded.recorded_by));
  } else {
    said.issued = *moment;
  }
  return approval;
}

std::string Standing::evidence() const {
  std::string text;
  for (const Approval* counted : decision.counted) {
    const Recorded& each = recorded[static_cast<std::size_t>(counted - approvals.data())];
    text += each.text;
    text += each.signature.empty() ? fmt::format("recorded-by: {}\n", each.recorded_by)
                                   : each.signature;
  }
  return text;
}

Standing stand(ApprovalStore& store, Verifier& verifier, const PlanToDecide& plan,
               const config::EnvironmentPolicy& policy, const config::Review& review, bool backup,
               const std::string& run, const std::vector<std::string>& unproven) {
  Standing standing;
  Facts facts;
  facts.backup = backup;
  facts.unproven = unproven;
  standing.recorded = store.statements(plan.hash);
  standing.approvals = verifier.verify(standing.recorded);
  standing.uses = store.uses(plan.hash);
  for (const Use& use : standing.uses)
    if (use.run != run) facts.used_by = use.run;
  standing.decision =
      decide(plan, policy, standing.approvals, review, now_in_milliseconds(), facts);
  return standing;
}

std::string short_hash(const std::string& hash) {
  constexpr std::size_t shown = 16;
  return hash.substr(0, shown);
}

}  // namespace host::review
