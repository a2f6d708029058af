// SPDX-License-Identifier: MIT
// confiture dev start: the embedded server, before anything else needs it.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/postgres/embedded_server.hpp"

namespace host::cli {
namespace {

Exit run(Context& context, const Arguments&) {
  postgres::EmbeddedServer server(context.project().root);
  const bool was_running = server.status().running;
  server.ensure_running();
  const auto status = server.status();
  context.output().line(fmt::format("PostgreSQL {} {} (pid {})", status.version,
                                    was_running ? "was already running" : "is running",
                                    status.pid));
  context.output().document(true, {{"started", !was_running},
                                   {"pid", status.pid},
                                   {"version", status.version},
                                   {"socket_dir", status.socket_dir.string()}});
  return Exit::done;
}

}  // namespace

extern const Command dev_start_command{.name = "dev start",
                                       .arguments = "",
                                       .summary = "start the project's embedded server",
                                       .options = {},
                                       .run = run};

}  // namespace host::cli
