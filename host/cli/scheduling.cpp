// SPDX-License-Identifier: MIT
#include "host/cli/scheduling.hpp"

#include <confiture/action.h>
#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/announcement.hpp"
#include "host/cli/audit_trail.hpp"
#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"
#include "host/postgres/transaction.hpp"
#include "host/review/approval_store.hpp"
#include "host/review/standing.hpp"

namespace host::cli {

review::Proposal read_when(postgres::Connection& connection, std::string_view when) {
  constexpr std::string_view until = " until ";
  review::Proposal proposal;
  if (const std::size_t middle = when.find(until); middle != when.npos) {
    proposal.opening = {std::string(trim(when.substr(0, middle))),
                        std::string(trim(when.substr(middle + until.size())))};
    review::check_opening(connection, proposal.opening);
  } else {
    proposal.window = std::string(trim(when));
    proposal.opening = next_opening(connection, review::parse_window(proposal.window));
  }
  return proposal;
}

review::Appointment put_on_schedule(Context& context, postgres::Connection& connection,
                                    const review::PlanDocument& document,
                                    const review::Opening& opening, const std::string& window,
                                    std::chrono::milliseconds takes, bool moves) {
  const review::PlanToDecide& plan = document.plan;
  review::ApprovalStore store(connection);
  store.open(context.project().review);
  store.keep_plan({plan.hash, plan.environment, document.text});
  review::Schedule schedule(connection);
  schedule.open();
  const audit::Trail trail = audit_trail(context, connection, {}, plan.hash);
  Announcement announcement(context, CONFITURE_PHASE_SCHEDULED, connection);
  postgres::Transaction transaction(connection);
  review::Appointment entry = schedule.add(plan.hash, plan.environment, opening.not_before,
                                           opening.not_after, window, takes, moves);
  if (const std::string told = announcement.entries(); !told.empty()) connection.execute(told);
  trail.append(connection, "schedule.created", appointment_facts(entry));
  transaction.commit();
  announcement.make();
  return entry;
}

boost::json::object appointment_facts(const review::Appointment& entry) {
  return {{"id", entry.id},
          {"not_before", entry.not_before},
          {"not_after", entry.not_after},
          {"window", entry.window},
          {"takes_ms", entry.takes.count()}};
}

std::string describe_appointment(const review::Appointment& entry) {
  return fmt::format(
      "plan {} in '{}' from {} to {}{}{}", review::short_hash(entry.plan), entry.environment,
      entry.not_before, entry.not_after,
      entry.window.empty() ? "" : fmt::format(" ({})", printable(entry.window)),
      entry.takes.count() == 0 ? "" : fmt::format(", takes {}", format_duration(entry.takes)));
}

}  // namespace host::cli
