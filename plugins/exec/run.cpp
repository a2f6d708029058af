// SPDX-License-Identifier: MIT
#include "plugins/exec/run.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "plugins/action_common/child.hpp"
#include "plugins/action_common/event_json.hpp"
#include "plugins/action_common/phases.hpp"

namespace exec {
namespace {

constexpr std::size_t most_output = 64 * 1024;

struct Run {
  std::vector<std::string> command;
  bool shell = false;
  static constexpr auto params = confiture::params(
      confiture::field("command", &Run::command,
                       "The program and its arguments, as a list; with `shell`, one text", "1..")
          .required(),
      confiture::field("shell", &Run::shell, "Hand the command to /bin/sh -c"));
  static constexpr auto flags = confiture::ActionFlag::outside | confiture::ActionFlag::writes;
  static constexpr const char* doc =
      R"doc(Runs a program, with the event as JSON on its standard input.

The program is started as it is given, without a shell unless `shell: true` asks for one. What it
writes is shown as messages (at most 64 KiB). An exit status other than 0 is a failure. When its time
is up, or the run is interrupted, it and everything that it started get SIGTERM, and SIGKILL two
seconds later.

It never runs inside a migration's transaction: bound to `pre_execute` it runs before the
transaction, bound to `post_execute` after the commit. It does not run in a dry run.

```yaml
hooks:
  post_complete:
    - action: exec.run
      name: warm the cache
      with: { command: [curl, --fail, --silent, "https://app.example/warm"] }
      timeout: 20s
      on_error: warn
```
)doc";

  void prepare(confiture::Call&) const {
    if (shell && command.size() != 1)
      throw confiture::BadConfig("with `shell`, `command` is one text, not a list",
                                 "command: \"first | second\"");
  }

  void run(const confiture::Event& event, confiture::Context& context) const {
    const std::vector<std::string> words =
        shell ? std::vector<std::string>{"/bin/sh", "-c", command.front()} : command;
    const action_common::Ending ending = action_common::run_child(
        words, action_common::event_json(event, context), most_output,
        [&](const std::string& line) { context.info(line); }, [&] { return context.cancelled(); });
    const std::string_view program = shell ? std::string_view("the command") : command.front();
    if (ending.stopped) throw confiture::Cancelled();
    if (ending.signal != 0)
      throw confiture::Error("'" + std::string(program) + "' was ended by signal " +
                             std::to_string(ending.signal));
    if (ending.exit_status != 0)
      throw confiture::Error("'" + std::string(program) + "' ended with status " +
                             std::to_string(ending.exit_status));
  }
};

}  // namespace

confiture::ActionExtension run_action() {
  return confiture::action<Run>("exec.run", "Run a program with the event on its standard input",
                                action_common::telling_phases);
}

}  // namespace exec
