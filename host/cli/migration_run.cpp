// SPDX-License-Identifier: MIT
#include "host/cli/migration_run.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/lint_gate.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/time.hpp"

namespace host::cli {

namespace json = boost::json;

constinit const Option confirm_option{"confirm", "ENV",
                            "answer the question of a protected environment with its name"};
constinit const Option lock_wait_option{"lock-wait", "SECONDS",
                              "how long to wait for another run; default: 10"};

migrations::Version parse_version(std::string_view option, const std::string& text) {
  if (const auto version = migrations::Version::parse(text)) return *version;
  throw Error(host::errors::usage,
              fmt::format("--{} takes a version, digits only, not '{}'", option, text),
              "confiture migrate status lists them");
}

MigrationRun::MigrationRun(Context& context, const Arguments& arguments, bool dry_run)
    : context_(context), environment_(context.environment()), risk_(context) {
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
  run_ = std::make_unique<migrations::Run>(
      *connection_, *side_, *hooks_,
      migrations::Run::Setting{
          context.project(), environment_, context.cancellation(), lock_wait, dry_run,
          [&output](std::string_view text) { output.message(text); }, warn,
          [this](const migrations::Step& step) { return risk_.judge(step).level; }});
  context.lint_gate().show(&run_->plan());
}

void MigrationRun::execute(std::size_t index) {
  run_->execute(index);
  const migrations::Done& done = run_->done().back();
  context_.output().line(
      fmt::format("{} {}_{} ({:.0f} ms)",
                  run_->plan().direction == migrations::Direction::up ? "applied" : "rolled back",
                  done.version.text(), done.name, done.duration_ms));
}

json::object MigrationRun::fields(const char* key) const {
  json::array done;
  for (const migrations::Done& each : run_->done())
    done.push_back(json::object{
        {"version", each.version.text()}, {"name", each.name}, {"duration_ms", each.duration_ms}});
  return {{key, std::move(done)},
          {"hooks", hooks_document(*hooks_)},
          {"duration_ms", elapsed_ms(start_)}};
}

void MigrationRun::finish(const char* key) {
  run_->complete();
  context_.output().document(true, fields(key));
}

void MigrationRun::note_in_error(const char* key) {
  context_.output().add_to_error(fields(key));
}

json::array hooks_document(const hooks::Runner& hooks) {
  json::array list;
  for (const hooks::Outcome& hook : hooks.outcomes()) {
    json::object entry{{"phase", hooks::phase_name(hook.phase)},
                       {"action", hook.action},
                       {"name", hook.name},
                       {"status", hooks::to_string(hook.status)},
                       {"duration_ms", hook.duration_ms}};
    if (!hook.migration.empty()) entry["migration"] = hook.migration;
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace host::cli
