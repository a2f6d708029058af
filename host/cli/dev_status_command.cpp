// SPDX-License-Identifier: MIT
// confiture dev status: whether the embedded server runs, and where it keeps what.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/postgres/embedded_server.hpp"

namespace host::cli {
namespace {

Exit run(Context& context, const Arguments&) {
  const auto status = postgres::EmbeddedServer(context.project().root).status();
  Output& output = context.output();
  if (status.running) {
    output.line(fmt::format("PostgreSQL {} is running (pid {})", status.version, status.pid));
    output.line("socket: " + status.socket_dir.string());
  } else {
    output.line("the embedded server is not running");
  }
  output.line("data:   " + status.data_dir.string());
  output.line("log:    " + status.log_file.string());

  boost::json::object document{{"running", status.running},
                               {"data_dir", status.data_dir.string()},
                               {"log_file", status.log_file.string()}};
  if (status.running) {
    document["pid"] = status.pid;
    document["version"] = status.version;
    document["socket_dir"] = status.socket_dir.string();
  }
  output.document(true, std::move(document));
  return Exit::done;
}

}  // namespace

extern const Command dev_status_command{
    .name = "dev status",
    .arguments = "",
    .summary = "show whether the embedded server runs, and where",
    .options = {},
    .run = run};

}  // namespace host::cli
