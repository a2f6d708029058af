// SPDX-License-Identifier: MIT
// confiture dev stop: the embedded server, with every session that uses it.
#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/postgres/embedded_server.hpp"

namespace host::cli {
namespace {

Exit run(Context& context, const Arguments&) {
  const bool stopped = postgres::EmbeddedServer(context.project().root).stop();
  context.output().line(stopped ? "stopped" : "it was not running");
  context.output().document(true, {{"stopped", stopped}});
  return Exit::done;
}

}  // namespace

extern const Command dev_stop_command{.name = "dev stop",
                                      .arguments = "",
                                      .summary = "stop the project's embedded server",
                                      .options = {},
                                      .run = run};

}  // namespace host::cli
