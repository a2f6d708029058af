// SPDX-License-Identifier: MIT
#include "host/cli/main.hpp"

#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "host/cli/arguments.hpp"
#include "host/cli/context.hpp"
#include "host/cli/help.hpp"
#include "host/cli/signals.hpp"
#include "host/foundation/errors.hpp"

namespace host::cli {
namespace {

// An invariant of ours that broke: never the user's fault.
constexpr ErrorCode internal{"internal", Exit::stopped};

Exit show_help_or_version(const Invocation& invocation, Output& output) {
  if (invocation.version) {
    output.text("confiture " CONFITURE_VERSION "\n");
    return Exit::done;
  }
  output.text(invocation.command != nullptr ? command_help(*invocation.command)
              : invocation.group.empty()    ? program_help()
                                            : group_help(invocation.group));
  return invocation.help ? Exit::done : Exit::usage;
}

Exit run_command(const Invocation& invocation, Output& output) {
  Context context(invocation.globals, output);
  const Signals signals(context.cancellation());
  try {
    return invocation.command->run(context, invocation.arguments);
  } catch (const Error& error) {
    // What fails because it was told to stop was interrupted, whatever it says itself.
    const bool stopped =
        context.cancellation().requested() && error.code().exit != Exit::interrupted;
    output.error(stopped ? Error(errors::interrupted, "interrupted: " + error.message()) : error);
    return stopped ? Exit::interrupted : error.code().exit;
  }
}

template <typename Run>
Exit guarded(Output& output, Run run) {
  Exit exit = Exit::done;
  try {
    exit = run();
    output.finish();
  } catch (const Error& error) {
    output.error(error);
    return error.code().exit;
  } catch (const std::bad_alloc&) {
    output.error(Error(internal, "out of memory"));
    return internal.exit;
  } catch (const std::exception& error) {
    output.error(Error(internal, std::string("a bug in confiture: ") + error.what(),
                       "please report it with the command that you ran"));
    return internal.exit;
  }
  return exit;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  Invocation invocation;
  Output early(guess_output_options(words));
  bool parsed = false;
  const Exit parsing = guarded(early, [&] {
    invocation = parse_invocation(words);
    parsed = true;
    return Exit::done;
  });
  if (!parsed) return static_cast<int>(parsing);
  Output output(invocation.output);
  return static_cast<int>(guarded(output, [&] {
    if (invocation.version || invocation.help || invocation.command == nullptr)
      return show_help_or_version(invocation, output);
    return run_command(invocation, output);
  }));
}

}  // namespace host::cli
