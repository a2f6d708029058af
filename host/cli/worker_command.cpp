// SPDX-License-Identifier: MIT
// confiture worker: runs what is scheduled, once its time has come. Everything is looked at again
// then: the plan has to be the one that was scheduled, and its approvals have to hold.
#include <confiture/action.h>
#include <fmt/format.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <optional>

#include "host/cli/announcement.hpp"
#include "host/cli/audit_trail.hpp"
#include "host/cli/command.hpp"
#include "host/cli/lease.hpp"
#include "host/cli/migration_run.hpp"
#include "host/cli/plan_to_review.hpp"
#include "host/cli/scheduling.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/time.hpp"
#include "host/migrations/retry.hpp"
#include "host/postgres/transaction.hpp"
#include "host/review/approval_store.hpp"
#include "host/review/errors.hpp"
#include "host/review/schedule.hpp"
#include "host/review/standing.hpp"
#include "host/review/window.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using review::Appointment;

class Worker {
 public:
  Worker(Context& context, const Arguments& arguments)
      : context_(context),
        arguments_(arguments),
        environment_(context.globals().environment),
        connection_(context.connect(context.environment())),
        name_(fmt::format("{} {}", audit::host_name(), ::getpid())),
        schedule_(*connection_, name_) {
    // Where nothing is scheduled, there may be somebody to tell.
    if (!hooks::Outbox::exists(*connection_)) required_policy(context, environment_);
  }

  // Everything that is due now; the status of the first that did not end well.
  Exit work() {
    Exit exit = Exit::done;
    tell_others();
    if (!schedule_.exists()) return exit;
    remind();
    while (const auto entry = schedule_.claim(environment_)) {
      context_.cancellation().check();
      const Exit ended = run(*entry);
      if (exit == Exit::done) exit = ended;
      if (ended == Exit::locked) break;  // it waits for the other run
    }
    return exit;
  }

  json::array take_runs() { return std::move(runs_); }

 private:
  void remind() {
    Announcement announcement(context_, CONFITURE_PHASE_REMINDER, *connection_);
    postgres::Transaction transaction(*connection_);
    const bool due =
        !schedule_.due_reminders(environment_, context_.project().review.reminders).empty();
    if (const std::string told = announcement.entries(); due && !told.empty())
      connection_->execute(told);
    transaction.commit();
    if (due) announcement.make();
  }

  // A channel that is down, or its plugin gone, is no reason not to work.
  void tell_others() {
    try {
      deliver_outbox(context_, *connection_);
    } catch (const Error& error) {
      if (error.code().exit == Exit::interrupted || error.code().exit == Exit::unreachable) throw;
      context_.output().warning(error.message());
    }
  }

  Exit run(const Appointment& entry) {
    const Lease lease(context_.connect(context_.environment()), name_, entry.id);
    try {
      if (entry.late && entry.moves && !was_run(entry)) return move(entry);
      if (entry.late && !was_run(entry))
        throw Error(review::errors::missed,
                    fmt::format("plan {} was to run until {}{}, and has not",
                                review::short_hash(entry.plan), entry.not_after,
                                entry.takes.count() == 0
                                    ? ""
                                    : fmt::format(" and takes {}", format_duration(entry.takes))),
                    "schedule it again: confiture schedule add");
      if (!was_run(entry)) apply(entry);
      finish(entry, "done", "");
      return Exit::done;
    } catch (const Error& error) {
      if (error.code().exit == Exit::locked || error.code().exit == Exit::interrupted) {
        schedule_.release(entry.id);
        if (error.code().exit == Exit::interrupted) throw;
      } else {
        const bool missed = error.code().id == review::errors::missed.id;
        finish(entry, missed ? "missed" : "failed", error.message());
      }
      context_.output().warning(fmt::format("{}: {}", entry.id, error.message()));
      return error.code().exit;
    }
  }

  // To the next opening of its window, after this one.
  Exit move(const Appointment& entry) {
    const postgres::Parameter end = entry.not_after;
    const std::string after =
        connection_
            ->query("SELECT greatest(clock_timestamp(), $1::timestamptz)", {&end, 1})
            .text(0, 0);
    const review::Opening next =
        next_opening(*connection_, review::parse_window(entry.window), after);
    audit::Trail trail = audit_trail(context_, *connection_, {}, entry.plan);
    postgres::Transaction transaction(*connection_);
    const Appointment moved = schedule_.move(entry.id, next);
    trail.append(*connection_, "schedule.moved", appointment_facts(moved));
    transaction.commit();
    context_.output().line(fmt::format("{}: plan {}: missed until {}, moved to {}", entry.id,
                                       review::short_hash(entry.plan), entry.not_after,
                                       moved.not_before));
    runs_.push_back(json::object{{"id", entry.id},
                                 {"plan_hash", entry.plan},
                                 {"state", "moved"},
                                 {"detail", moved.not_before}});
    return Exit::done;
  }

  // A worker was cut off between its last migration and the end.
  bool was_run(const Appointment& entry) {
    review::ApprovalStore store(*connection_);
    const std::vector<review::KnownPlan> known = store.plans(entry.plan);
    return !known.empty() &&
           store.uses(entry.plan).size() ==
               review::read_plan_document(known.front().document, "plan " + entry.plan)
                   .migrations.size();
  }

  void apply(const Appointment& entry) {
    const std::vector<review::KnownPlan> known =
        review::ApprovalStore(*connection_).plans(entry.plan);
    if (known.empty())
      throw Error(review::errors::no_plan, fmt::format("plan {} is not known", entry.plan));
    const review::PlanDocument document =
        review::read_plan_document(known.front().document, "plan " + entry.plan);
    MigrationRun migration_run(context_, arguments_, {"worker"});
    migrations::Run& work = migration_run.run();
    work.prepare_up(migrations::Version::parse(document.migrations.back().version));
    if (work.plan().steps.empty() || work.hash() != entry.plan)
      throw Error(
          review::errors::missing,
          fmt::format(
              "plan {} was scheduled, and what is pending now is {}",
              review::short_hash(entry.plan),
              work.plan().steps.empty() ? "nothing" : "plan " + review::short_hash(work.hash())),
          "have it approved and schedule it: confiture schedule add");
    for (std::size_t index = 0; index < work.plan().steps.size(); ++index) {
      if (index > 0 && is_over(entry))
        throw Error(review::errors::missed,
                    fmt::format("the time was over at {} after {} of {} migrations of plan {}",
                                entry.not_after, index, work.plan().steps.size(),
                                review::short_hash(entry.plan)),
                    "what is applied stays so; the rest is a plan of its own");
      migration_run.execute(index);
    }
    work.complete();
  }

  bool is_over(const Appointment& entry) {
    const postgres::Parameter end = entry.not_after;
    return connection_->query("SELECT clock_timestamp() >= $1::timestamptz", {&end, 1})
        .boolean(0, 0);
  }

  void finish(const Appointment& entry, const std::string& state, const std::string& detail) {
    audit::Trail trail = audit_trail(context_, *connection_, {}, entry.plan);
    // What fails tells others by itself; what was never begun does not.
    std::optional<Announcement> announcement;
    if (state == "missed") {
      announcement.emplace(context_, CONFITURE_PHASE_ON_ERROR, *connection_);
      announcement->fail_with(detail);
    }
    postgres::Transaction transaction(*connection_);
    const bool ours = schedule_.finish(entry.id, state, detail);
    if (ours) {
      if (const std::string told = announcement ? announcement->entries() : std::string();
          !told.empty())
        connection_->execute(told);
      trail.append(*connection_, "schedule." + state, {{"id", entry.id}, {"detail", detail}});
    }
    transaction.commit();
    if (ours && announcement) announcement->make();
    context_.output().line(
        fmt::format("{}: plan {}: {}", entry.id, review::short_hash(entry.plan), state));
    runs_.push_back(json::object{
        {"id", entry.id}, {"plan_hash", entry.plan}, {"state", state}, {"detail", detail}});
  }

  Context& context_;
  const Arguments& arguments_;
  std::string environment_;
  std::unique_ptr<postgres::Connection> connection_;
  std::string name_;
  review::Schedule schedule_;
  json::array runs_;
};

Exit run(Context& context, const Arguments& arguments) {
  const std::chrono::seconds poll(arguments.number("poll", 1).value_or(30));
  Worker worker(context, arguments);
  for (;;) {
    const Exit exit = worker.work();
    if (arguments.flag("once")) {
      json::array runs = worker.take_runs();
      if (runs.empty()) context.output().line("nothing is due");
      context.output().document(exit == Exit::done, {{"runs", std::move(runs)}});
      return exit;
    }
    migrations::pause(poll, context.cancellation());
  }
}

}  // namespace

extern const Command worker_command;
const Command worker_command{
    "worker",
    "",
    "run what is scheduled",
    {{"once", "", "what is due now, and no more; its exit status is that of the first failure"},
     {"poll", "SECONDS", "how often to look; default: 30"},
     lock_wait_option},
    0,
    0,
    run};

}  // namespace host::cli
