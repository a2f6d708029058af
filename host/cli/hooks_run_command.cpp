// SPDX-License-Identifier: MIT
// confiture hooks run PHASE: the hooks of a phase, tried on the database in transactions that are
// rolled back.
#include <confiture/action.h>
#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/audit/schema.hpp"
#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/cli/lint_gate.hpp"
#include "host/cli/migration_run.hpp"
#include "host/config/phases.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"
#include "host/hooks/binding.hpp"
#include "host/migrations/plan_nodes.hpp"
#include "host/postgres/transaction.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using hooks::Outcome;

constexpr hooks::Phase up_phases = CONFITURE_PHASE_PRE_EXECUTE | CONFITURE_PHASE_POST_EXECUTE;
constexpr hooks::Phase down_phases = CONFITURE_PHASE_PRE_ROLLBACK | CONFITURE_PHASE_POST_ROLLBACK;
constexpr hooks::Phase sync_phases = CONFITURE_PHASE_PRE_SYNC | CONFITURE_PHASE_POST_SYNC;

hooks::Phase parse_phase(const std::string& name) {
  if (const config::Phase* phase = config::find_phase(name)) return phase->bit;
  std::vector<std::string> known;
  for (const config::Phase& phase : config::phases()) known.emplace_back(phase.name);
  throw Error(host::errors::usage, fmt::format("unknown phase '{}'", printable(name)),
              suggest_name(name, known));
}

std::string_view status_in(hooks::Phase phase) {
  switch (phase) {
    case CONFITURE_PHASE_ON_ERROR:
      return "error";
    case CONFITURE_PHASE_POST_EXECUTE:
    case CONFITURE_PHASE_POST_COMPLETE:
    case CONFITURE_PHASE_PRE_ROLLBACK:
      return "applied";
    case CONFITURE_PHASE_POST_ROLLBACK:
      return "rolled_back";
    default:
      return "pending";
  }
}

std::string shown(const std::string& name, const std::string& action) {
  return name == action ? name : fmt::format("{} ({})", name, action);
}

class Trial {
 public:
  Trial(Context& context, hooks::Phase phase, bool outside)
      : context_(context),
        phase_(phase),
        outside_(outside),
        environment_(context.environment()),
        connection_(context.connect(environment_)),
        side_(context.connect(environment_)),
        risk_(context),
        no_hooks_({}, context.session(), {}),
        run_(*side_, *side_, no_hooks_,
             {.project = context.project(),
              .environment = environment_,
              .cancellation = context.cancellation(),
              .mode = migrations::Run::Setting::Mode::plan,
              .message = {},
              .warning = warn(),
              .assess = [this](const migrations::Step& step) { return risk_.judge(step).level; }}) {
    context.lint_gate().show(&run_.plan());
    std::vector<hooks::Hook> bound;
    for (hooks::Hook& hook :
         hooks::bind_hooks(context.project(), context.registry(), environment_.name))
      if (hook.phase == phase) bound.push_back(std::move(hook));
    found_ = !bound.empty();
    hooks_ = std::make_unique<hooks::Runner>(
        std::move(bound), context.session(),
        hooks::Runner::Setting{environment_.name, postgres::identify(*connection_).database,
                               warn()});
  }

  void run() {
    if (!found_) return say(fmt::format("no hooks in {}", hooks::phase_name(phase_)));
    make_plan();
    if (!hooks::is_transactional(phase_)) return fire(nullptr);
    if (run_.plan().steps.empty())
      return say((phase_ & up_phases) != 0
                     ? "nothing is pending: there is no migration to try it with"
                     : "nothing is applied: there is no migration to try it with");
    for (const migrations::Step& step : run_.plan().steps) fire(&step);
  }

  json::array document() const {
    json::array list = hooks_document(*hooks_);
    for (const json::object& each : skipped_) list.push_back(each);
    return list;
  }

 private:
  std::function<void(std::string_view)> warn() {
    return [this](std::string_view text) { context_.output().warning(text); };
  }
  void say(std::string_view text) { context_.output().line(text); }

  void make_plan() {
    if ((phase_ & (sync_phases | CONFITURE_PHASE_PRE_VALIDATE)) != 0) return;
    if ((phase_ & down_phases) != 0) {
      run_.prepare_down({});
    } else {
      run_.prepare_up({});
    }
    nodes_.emplace(run_.plan());
  }

  hooks::Event event_of(const migrations::Step* step, hooks::Part part) const {
    hooks::Event event;
    event.phase = phase_;
    event.part = part;
    event.in_transaction = part == hooks::Part::inside;
    event.status = status_in(phase_);
    event.direction = (phase_ & sync_phases) != 0   ? "sync"
                      : (phase_ & down_phases) != 0 ? "down"
                                                    : "up";
    if (phase_ == CONFITURE_PHASE_ON_ERROR) event.error = "a trial of the hooks, not a failure";
    if (nodes_) event.plan = &nodes_->plan();
    if (step != nullptr)
      event.migration =
          &nodes_->migration(static_cast<std::size_t>(step - run_.plan().steps.data()));
    return event;
  }

  // Inside a transaction that is rolled back; then, if they were asked for, those that talk to the
  // world.
  void fire(const migrations::Step* step) {
    const std::string key = step != nullptr ? step->migration->key() : std::string();
    if (!key.empty()) say(key);
    hooks::Event inside = event_of(step, hooks::Part::inside);
    inside.migration_key = key;
    {
      postgres::Transaction transaction(
          *connection_,
          fmt::format("BEGIN; SET LOCAL lock_timeout = {}; SET LOCAL "
                      "statement_timeout = {}",
                      environment_.lock_timeout.count(), environment_.statement_timeout.count()));
      if (hooks_->may_write() && !audit::exists(*connection_)) audit::create(*connection_);
      fire_part(inside);
    }
    hooks::Event world = event_of(step, hooks::Part::outside);
    world.migration_key = key;
    if (outside_) return fire_part(world);
    for (const hooks::Hook* hook : hooks_->find(world)) {
      say(fmt::format("  {}: not run, it talks to the world; --outside runs it",
                      shown(hook->name, hook->action->id)));
      json::object entry{{"phase", hooks::phase_name(phase_)},
                         {"action", hook->action->id},
                         {"name", hook->name},
                         {"status", "skipped"},
                         {"duration_ms", 0}};
      if (!key.empty()) entry["migration"] = key;
      skipped_.push_back(std::move(entry));
    }
  }

  void fire_part(const hooks::Event& event) {
    try {
      hooks_->fire(event, connection_.get());
    } catch (const Error&) {
      show_outcomes();
      throw;
    }
    show_outcomes();
  }

  void show_outcomes() {
    for (; shown_ < hooks_->outcomes().size(); ++shown_) {
      const Outcome& outcome = hooks_->outcomes()[shown_];
      say(fmt::format("  {}: {} ({:.0f} ms)", shown(outcome.name, outcome.action),
                      hooks::to_string(outcome.status), outcome.duration_ms));
    }
  }

  Context& context_;
  hooks::Phase phase_;
  bool outside_, found_ = false;
  config::Environment environment_;
  std::unique_ptr<postgres::Connection> connection_, side_;
  MigrationRisk risk_;
  hooks::Runner no_hooks_;  // planning fires none
  migrations::Run run_;
  std::optional<migrations::PlanNodes> nodes_;
  std::unique_ptr<hooks::Runner> hooks_;
  std::vector<json::object> skipped_;
  std::size_t shown_ = 0;
};

Exit run(Context& context, const Arguments& arguments) {
  const hooks::Phase phase = parse_phase(arguments.positionals().front());
  Trial trial(context, phase, arguments.flag("outside"));
  try {
    trial.run();
  } catch (const Error&) {
    context.output().add_to_error({{"hooks", trial.document()}});
    throw;
  }
  context.output().document(true, {{"hooks", trial.document()}});
  return Exit::done;
}

}  // namespace

extern const Command hooks_run_command;
const Command hooks_run_command{
    "hooks run",
    "PHASE",
    "try the hooks of a phase on the pending migrations, and roll back",
    {{"outside", "", "also those that talk to the world, which cannot be taken back"}},
    1,
    1,
    run};

}  // namespace host::cli
