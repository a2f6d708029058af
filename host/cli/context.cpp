// SPDX-License-Identifier: MIT
#include "host/cli/context.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "host/cli/console.hpp"
#include "host/cli/lint_gate.hpp"
#include "host/config/secrets.hpp"

namespace host::cli {
namespace {

// A connection whose running statement is cancelled once the user asks to stop.
class CancellableConnection : public postgres::Connection {
 public:
  CancellableConnection(std::unique_ptr<postgres::Connection> inner,
                        const Cancellation& cancellation)
      : inner_(std::move(inner)),
        subscription_(cancellation, [connection = inner_.get()] { connection->cancel(); }) {}

  postgres::Result query(std::string_view sql,
                         std::span<const postgres::Parameter> parameters) override {
    return inner_->query(sql, parameters);
  }
  void execute(std::string_view sql) override { inner_->execute(sql); }
  postgres::TransactionState transaction_state() const override {
    return inner_->transaction_state();
  }
  int backend_pid() const override { return inner_->backend_pid(); }
  int server_version() const override { return inner_->server_version(); }
  void cancel() noexcept override { inner_->cancel(); }
  ::pg_conn* native() override { return inner_->native(); }

 private:
  std::unique_ptr<postgres::Connection> inner_;
  Cancellation::Subscription subscription_;
};

}  // namespace

Context::Context(Globals globals, Output& output)
    : globals_(std::move(globals)),
      output_(output),
      terminal_(std::make_unique<Console>(globals_.no_input, cancellation_)),
      lint_gate_(std::make_unique<LintGate>(*this)) {}

Context::~Context() = default;

const config::Project& Context::project() {
  if (!project_) {
    project_ = config::load_project(
        config::find_project(globals_.project.value_or(std::filesystem::current_path())));
    output_.set_project_root(project_->root);
  }
  return *project_;
}

const config::Project* Context::project_or_null() {
  if (project_) return &*project_;
  if (globals_.project) return &project();
  // Not a project here: no error. A broken one is.
  for (std::filesystem::path folder = std::filesystem::current_path();;
       folder = folder.parent_path()) {
    if (std::filesystem::exists(folder / "db" / "confiture.yaml")) return &project();
    if (folder == folder.parent_path()) return nullptr;
  }
}

config::Environment Context::environment() {
  return config::load_environment(project(), globals_.environment, globals_.database_url);
}

config::Environment Context::environment(const std::string& name) {
  return config::load_environment(project(), name);
}

config::Environment Context::environment_of_files() {
  const std::string& name = globals_.environment;
  const std::vector<std::string> known = config::environment_names(project());
  const bool there = std::find(known.begin(), known.end(), name) != known.end();
  if (!there && name != Globals{}.environment) return environment(name);  // says why not
  return config::load_environment(project(), name, std::string("postgresql:///"));
}

std::unique_ptr<postgres::Connection> Context::connect(const config::Environment& environment) {
  postgres::ConnectOptions options;
  options.notice = [this](std::string_view severity, std::string_view message) {
    output_.detail(std::string(severity) + ": " + std::string(message));
  };
  return std::make_unique<CancellableConnection>(postgres::connect(environment, project(), options),
                                                 cancellation_);
}

const extensions::Registry& Context::registry() {
  if (!registry_) {
    registry_ = extensions::Registry::load(
        extensions::search_path(project_or_null(), globals_.plugins, globals_.plugin_dirs));
    for (const std::string& warning : registry_->warnings()) output_.warning(warning);
  }
  return *registry_;
}

extensions::Session& Context::session() {
  if (!session_) {
    session_ = std::make_unique<extensions::Session>();
    session_->cancellation = &cancellation_;
    if (const config::Project* project = project_or_null())
      session_->secret = [project](std::string_view name) {
        return config::read_named_secret(*project, std::string(name));
      };
    session_->lint = [this](const extensions::LintQuery& query) {
      return lint_gate_->judge(query);
    };
    session_->log = [this](int level, std::string_view text) {
      if (level <= CONFITURE_LOG_DEBUG) {
        output_.detail(text);
      } else if (level >= CONFITURE_LOG_WARN) {
        output_.warning(text);
      } else {
        output_.message(text);
      }
    };
  }
  return *session_;
}

}  // namespace host::cli
