// SPDX-License-Identifier: MIT
// What a command works with: the global options and, made when first asked for, the project, its
// environments, the plugins and the person.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/cli/output.hpp"
#include "host/config/environment.hpp"
#include "host/extensions/instance.hpp"
#include "host/extensions/registry.hpp"
#include "host/foundation/cancellation.hpp"
#include "host/foundation/terminal.hpp"
#include "host/postgres/connection.hpp"

namespace host::cli {

class LintGate;

struct Globals {
  std::optional<std::filesystem::path> project;
  std::string environment = "local";
  bool names_database = false;  // -e or --database-url was given
  std::optional<std::string> database_url;
  std::vector<std::filesystem::path> plugins, plugin_dirs;
  bool no_input = false;
  std::optional<std::chrono::milliseconds> timeout;  // per question
};

// One thread. Outlived by nothing that it hands out. [main]
class Context {
 public:
  Context(Globals globals, Output& output);
  ~Context();

  const Globals& globals() const { return globals_; }
  Output& output() { return output_; }
  Cancellation& cancellation() { return cancellation_; }
  Terminal& terminal() { return *terminal_; }

  const config::Project& project();          // throws config.no_project
  const config::Project* project_or_null();  // nullptr where there is none
  // What -e has not said, for commands that name it by an option of their own; before the first
  // use.
  void use_environment(const std::string& name) { globals_.environment = name; }
  config::Environment environment();  // of -e and --database-url
  config::Environment environment(const std::string& name);
  // What -e says of files, for commands that have no need of its database, whose address may be
  // unknown here. Without a file for the default environment all is as it is by default.
  config::Environment environment_of_files();
  // Of that environment, notices shown as messages; its running statement is cancelled when the
  // user asks to stop.
  std::unique_ptr<postgres::Connection> connect(const config::Environment& environment);

  const extensions::Registry& registry();
  extensions::Session& session();
  LintGate& lint_gate() { return *lint_gate_; }

 private:
  Globals globals_;
  Output& output_;
  Cancellation cancellation_;
  std::unique_ptr<Terminal> terminal_;
  std::optional<config::Project> project_;
  std::optional<extensions::Registry> registry_;
  std::unique_ptr<extensions::Session> session_;
  std::unique_ptr<LintGate> lint_gate_;
};

}  // namespace host::cli
