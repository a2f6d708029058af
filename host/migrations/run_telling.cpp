// SPDX-License-Identifier: MIT
// What a run tells: its hooks, others by way of the outbox, and the audit of a failure.
#include <confiture/action.h>
#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/audit/access.hpp"
#include "host/audit/schema.hpp"
#include "host/foundation/errors.hpp"
#include "host/migrations/run.hpp"

namespace host::migrations {
namespace {

std::chrono::microseconds in_microseconds(double milliseconds_taken) {
  return std::chrono::microseconds(static_cast<std::int64_t>(milliseconds_taken * 1000));
}

}  // namespace

std::string_view Run::outcome_status() const {
  return plan_.direction == Direction::up ? "applied" : "rolled_back";
}

Run::Occurrence Run::occurrence(hooks::Phase phase, std::string_view status, std::string_view error,
                                const Step* step) const {
  Occurrence occurrence;
  hooks::Event& event = occurrence.event;
  event.phase = phase;
  event.dry_run = dry();
  event.status = status;
  event.direction = to_string(plan_.direction);
  event.error = error;
  event.duration = in_microseconds(executed_ms_);
  if (nodes_) event.plan = &nodes_->plan();
  if (step != nullptr) {
    occurrence.key = step->migration->key();
    event.migration = &nodes_->migration(static_cast<std::size_t>(step - plan_.steps.data()));
  }
  return occurrence;
}

// Those that talk to the world in a phase that undoes nothing are told by way of the outbox.
void Run::fire(hooks::Phase phase, std::string_view status, std::string_view error,
               const Step* step) {
  if (setting_.mode == Setting::Mode::plan) return;
  Occurrence now = occurrence(phase, status, error, step);
  now.event.migration_key = now.key;
  if (outbox_usable_ && hooks::is_queued(phase)) now.event.part = hooks::Part::inside;
  const bool lost = connection_.transaction_state() == postgres::TransactionState::unknown;
  hooks_.fire(now.event, lost ? nullptr : &connection_);
}

void Run::open_outbox() {
  if (!outbox_.needed()) return;
  audit::with_rights([&] {
    if (!hooks::Outbox::exists(side_)) hooks::Outbox::create(side_);
  });
  outbox_usable_ = hooks::Outbox::usable(side_);
}

std::string Run::announcement(hooks::Phase phase, std::string_view status) const {
  if (!outbox_usable_) return {};
  return outbox_.entries(occurrence(phase, status, {}, nullptr).event);
}

void Run::announce(hooks::Phase phase, std::string_view status) {
  fire(phase, status);
  tell_others();
}

// A channel that is down is no failure of the run.
void Run::tell_others() {
  if (!outbox_usable_) return;
  try {
    outbox_.deliver(side_, setting_.warning);
  } catch (const Error& error) {
    if (setting_.warning)
      setting_.warning(
          fmt::format("others are not told yet: {}; confiture worker does it", error.message()));
  }
}

void Run::tell_of_failure(const Step* step, const Error& error, Outcome outcome) {
  note_failure(step, error);
  std::string told;
  if (outbox_usable_ && outcome == Outcome::failed) {
    Occurrence failure = occurrence(CONFITURE_PHASE_ON_ERROR, "error", error.message(), step);
    failure.event.migration_key = failure.key;
    told = outbox_.entries(failure.event);
  }
  const std::string detail = outcome == Outcome::failed
                                 ? fmt::format("{}: {}", error.code().id, error.message())
                                 : error.message();
  if (record_.finish(side_, outcome, detail, {{"hooks", told_.rest()}}, told) || told.empty())
    return;
  try {
    side_.execute(told);
  } catch (const Error&) {
    outbox_usable_ = false;  // told at once, or not at all
  }
}

// On the other connection: what the migration has written is rolled back. A failure to note a
// failure must not hide it.
void Run::note_failure(const Step* step, const Error& error) noexcept {
  if (dry() || !lock_) return;
  try {
    const audit::Trail& trail = record_.trail();
    if (record_.begun() && step != nullptr) {
      boost::json::object facts = migration_facts(*step, plan_.direction);
      facts["error"] = error_facts(error);
      facts["hooks"] = told_.current();
      told_.tell();
      trail.append(side_, "migration.failed", facts);
    } else if (!record_.begun() && audit::writable(side_)) {
      trail.append(
          side_, "run.refused",
          {{"command", setting_.command}, {"error", error_facts(error)}, {"hooks", told_.rest()}});
    }
  } catch (const std::exception&) {
    // What went wrong is what the user has to hear of.
  }
}

}  // namespace host::migrations
