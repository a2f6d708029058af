// SPDX-License-Identifier: MIT
#include "host/cli/migration_run.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/lint_gate.hpp"
#include "host/cli/phrases.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/time.hpp"

namespace host::cli {

namespace json = boost::json;

constinit const Option confirm_option{
    "confirm", "ENV", "answer the question of a protected environment with its name"};
constinit const Option lock_wait_option{"lock-wait", "SECONDS",
                                        "how long to wait for another run; default: 10"};

constinit const Option out_of_order_option{
    "allow-out-of-order", "", "apply a pending migration although a later one is applied"};

constinit const Option apply_as_option{"apply-as", "ROLE",
                                       "run the migrations' statements as that role"};

migrations::Version parse_version(std::string_view option, const std::string& text) {
  if (const auto version = migrations::Version::parse(text)) return *version;
  throw Error(host::errors::usage,
              fmt::format("--{} takes a version, 0042 or 1.2, not '{}'", option, text),
              "confiture migrate status lists them");
}

MigrationRun::MigrationRun(Context& context, const Arguments& arguments, Options options)
    : context_(context),
      environment_(context.environment()),
      risk_(context),
      gate_(context, *this, arguments) {
  const std::chrono::seconds lock_wait(arguments.number("lock-wait", 0).value_or(10));
  std::vector<hooks::Hook> bound =
      hooks::bind_hooks(context.project(), context.registry(), environment_.name);
  connection_ = context.connect(environment_);
  side_ = context.connect(environment_);
  Output& output = context.output();
  const auto warn = [&output](std::string_view text) { output.warning(text); };
  hooks_ = std::make_unique<hooks::Runner>(
      std::move(bound), context.session(),
      hooks::Runner::Setting{environment_.name, postgres::identify(*connection_).database, warn});
  options.recovery.patience = lock_wait;
  run_ = std::make_unique<migrations::Run>(
      *connection_, *side_, *hooks_,
      migrations::Run::Setting{
          context.project(), environment_, context.cancellation(), lock_wait, options.mode,
          [&output](std::string_view text) { output.message(text); }, warn,
          [this](const migrations::Step& step) { return risk_.judge(step).level; },
          std::move(options.command), options.recovery, options.allow_out_of_order, gate_.policy(),
          gate_.permit()});
  shown_before_ = context.lint_gate().show(&run_->plan());
  if (const auto role = arguments.text("apply-as")) apply_as(*role);
}

MigrationRun::~MigrationRun() {
  context_.lint_gate().show(shown_before_);
}

void MigrationRun::apply_as(const std::string& role) {
  run_->apply_as(role);
  role_ = role;
}

void MigrationRun::execute_all() {
  for (std::size_t index = 0; index < run_->plan().steps.size(); ++index) execute(index);
}

void MigrationRun::execute(std::size_t index, const std::string& note) {
  std::string whole = note;
  if (!role_.empty()) whole += fmt::format("{}as role '{}'", note.empty() ? "" : "; ", role_);
  run_->execute(index, whole);
  const migrations::Done& done = run_->done().back();
  context_.output().line(
      fmt::format("{} {} ({:.0f} ms)",
                  run_->plan().direction == migrations::Direction::up ? "applied" : "rolled back",
                  run_->plan().steps[index].migration->key(), done.duration_ms));
}

json::object MigrationRun::fields(const Keys& keys) const {
  json::object fields;
  for (const char* key : keys) {
    const auto direction = std::string_view(key) == "applied" ? migrations::Direction::up
                                                              : migrations::Direction::down;
    json::array done;
    for (const migrations::Done& each : run_->done())
      if (each.direction == direction)
        done.push_back(json::object{{"version", each.version.text()},
                                    {"name", each.name},
                                    {"duration_ms", each.duration_ms}});
    fields[key] = std::move(done);
  }
  fields["hooks"] = hooks_document(*hooks_);
  fields["duration_ms"] = elapsed_ms(start_);
  return fields;
}

void MigrationRun::finish(const Keys& keys) {
  finish(keys, {});
}

void MigrationRun::finish(const Keys& keys, const json::object& more) {
  run_->complete();
  json::object document = fields(keys);
  for (const auto& [key, value] : more) document[key] = value;
  context_.output().document(true, std::move(document));
}

void MigrationRun::note_in_error(const Keys& keys) {
  context_.output().add_to_error(fields(keys));
}

MigrationRun::Mode read_dry_run(const Arguments& arguments) {
  using Mode = MigrationRun::Mode;
  const bool look = arguments.flag("dry-run"), rehearse = arguments.flag("dry-run-execute");
  if (look && rehearse)
    throw Error(host::errors::usage, "--dry-run and --dry-run-execute exclude each other",
                "--dry-run runs nothing; --dry-run-execute runs everything and rolls it back");
  return rehearse ? Mode::rehearse : look ? Mode::look : Mode::apply;
}

void warn_of_untried(Output& output, const migrations::Rehearsal& rehearsal) {
  if (const std::size_t left_out = rehearsal.not_executed(); left_out > 0)
    output.warning(fmt::format("{} could not be tried in a transaction that is rolled back",
                               counted(left_out, "statement")));
}

json::array hooks_document(const hooks::Runner& hooks) {
  json::array list;
  for (const hooks::Outcome& hook : hooks.outcomes()) list.push_back(hooks::to_object(hook));
  return list;
}

}  // namespace host::cli
