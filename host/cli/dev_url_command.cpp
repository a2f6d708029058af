// SPDX-License-Identifier: MIT
// confiture dev url: the address for psql and other clients.
#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/embedded_url.hpp"

namespace host::cli {
namespace {

Exit run(Context& context, const Arguments&) {
  const std::string url = embedded_url(context);
  context.output().line(url);
  context.output().document(true, {{"url", url}});
  return Exit::done;
}

}  // namespace

extern const Command dev_url_command{
    .name = "dev url",
    .arguments = "",
    .summary = "print the embedded database's address, for psql and other clients",
    .options = {},
    .run = run};

}  // namespace host::cli
