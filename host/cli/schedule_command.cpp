// SPDX-License-Identifier: MIT
// confiture schedule add, list and cancel: when a plan runs, by confiture worker.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/audit_trail.hpp"
#include "host/cli/command.hpp"
#include "host/cli/named_plan.hpp"
#include "host/cli/scheduling.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"
#include "host/postgres/transaction.hpp"
#include "host/review/schedule.hpp"
#include "host/review/window.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using review::Appointment;

json::object describe(const Appointment& entry) {
  return {{"id", entry.id},
          {"plan_hash", entry.plan},
          {"environment", entry.environment},
          {"not_before", entry.not_before},
          {"not_after", entry.not_after},
          {"window", entry.window.empty() ? json::value(nullptr) : json::value(entry.window)},
          {"takes_ms", entry.takes.count()},
          {"on_missed", entry.moves ? "next-window" : "expire"},
          {"state", entry.state},
          {"created_by", entry.created_by},
          {"detail", entry.detail}};
}

review::Opening choose_time(const Arguments& arguments, postgres::Connection& connection) {
  const auto at = arguments.text("at"), until = arguments.text("until"),
             window = arguments.text("window");
  if (at.has_value() == window.has_value() || at.has_value() != until.has_value())
    throw Error(host::errors::usage, "a plan is scheduled for a time or for a window",
                "--at MOMENT --until MOMENT, or --window \"Sun 02:00-04:00 Europe/Paris\"");
  if (window) return next_opening(connection, review::parse_window(*window));
  return {*at, *until};
}

std::chrono::milliseconds read_takes(const Arguments& arguments) {
  const auto text = arguments.text("takes");
  if (!text) return {};
  if (const auto takes = parse_duration(*text)) return *takes;
  throw Error(host::errors::usage,
              fmt::format("--takes takes a duration, not '{}'", printable(*text)),
              "write it as 90s, 20m or 2h");
}

// Whether what is missed waits for its window to open again.
bool read_moves(const Arguments& arguments) {
  const std::string choice = arguments.text("on-missed").value_or("expire");
  if (choice != "expire" && choice != "next-window")
    throw Error(host::errors::usage,
                fmt::format("--on-missed is expire or next-window, not '{}'", printable(choice)));
  if (choice == "next-window" && !arguments.text("window"))
    throw Error(host::errors::usage, "--on-missed next-window is about a window",
                "--window \"Sun 02:00-04:00 Europe/Paris\"");
  return choice == "next-window";
}

Exit run_add(Context& context, const Arguments& arguments) {
  const std::chrono::milliseconds takes = read_takes(arguments);
  const bool moves = read_moves(arguments);
  NamedPlan named = find_plan(context, arguments, arguments.positionals().front());
  const review::PlanDocument& document = named.document;
  if (document.direction != "up")
    throw Error(host::errors::usage, "a way back is not scheduled",
                "run confiture migrate down when it is needed");
  if (!named.connection) named.connection = context.connect(context.environment());
  const review::Opening opening = choose_time(arguments, *named.connection);
  const Appointment entry = put_on_schedule(context, *named.connection, document, opening,
                                            arguments.text("window").value_or(""), takes, moves);
  context.output().line(fmt::format("{}: {}", entry.id, describe_appointment(entry)));
  context.output().document(true, {{"scheduled", describe(entry)}});
  return Exit::done;
}

Exit run_list(Context& context, const Arguments& arguments) {
  const std::string& environment = context.globals().environment;
  const auto connection = context.connect(context.environment());
  review::Schedule schedule(*connection);
  json::array entries;
  if (schedule.exists())
    for (const Appointment& entry : schedule.list(environment, arguments.flag("all"))) {
      context.output().line(fmt::format("{}: {}: {}{}", entry.id, describe_appointment(entry),
                                        entry.state,
                                        entry.detail.empty() ? "" : ": " + entry.detail));
      entries.push_back(describe(entry));
    }
  if (entries.empty()) context.output().line("nothing is scheduled");
  context.output().document(true, {{"schedule", std::move(entries)}});
  return Exit::done;
}

Exit run_cancel(Context& context, const Arguments& arguments) {
  const std::string& id = arguments.positionals().front();
  const auto connection = context.connect(context.environment());
  review::Schedule schedule(*connection);
  schedule.open();
  audit::Trail trail = audit_trail(context, *connection);
  postgres::Transaction transaction(*connection);
  const Appointment entry = schedule.cancel(id, context.globals().environment);
  trail.origin().plan_hash = entry.plan;
  trail.append(*connection, "schedule.cancelled", appointment_facts(entry));
  transaction.commit();
  context.output().line(fmt::format("{}: {}: cancelled", entry.id, describe_appointment(entry)));
  context.output().document(true, {{"cancelled", describe(entry)}});
  return Exit::done;
}

}  // namespace

extern const Command schedule_add_command, schedule_list_command, schedule_cancel_command;
const Command schedule_add_command{
    "schedule add",
    "PLAN",
    "let confiture worker run a plan at a time, if it is approved then",
    {{"at", "MOMENT", "not before: 2026-11-29T02:00:00Z"},
     {"until", "MOMENT", "not after: what has not begun by then is missed"},
     {"takes", "DURATION", "how long it takes: it does not begin where that would be too late"},
     {"on-missed", "WHAT", "expire, or next-window: it waits for the window to open again"},
     {"window", "WINDOW", "the next \"Sat,Sun 02:00-04:00 Europe/Paris\""}},
    1,
    1,
    run_add};
const Command schedule_list_command{
    "schedule list", "", "show what is scheduled", {{"all", "", "what is over, too"}}, 0, 0,
    run_list};
const Command schedule_cancel_command{
    "schedule cancel", "ID", "take a plan off the schedule", {}, 1, 1, run_cancel};

}  // namespace host::cli
