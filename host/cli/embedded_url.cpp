// SPDX-License-Identifier: MIT
#include "host/cli/embedded_url.hpp"

#include <fmt/format.h>

#include "host/cli/errors.hpp"
#include "host/postgres/embedded_server.hpp"

namespace host::cli {

std::string embedded_url(Context& context) {
  const config::Environment environment = context.environment();
  if (environment.database.kind != config::Database::Kind::embedded)
    throw Error(errors::not_embedded,
                fmt::format("environment '{}' is not on the embedded server", environment.name),
                "name one with `database: embedded`: confiture dev url -e NAME",
                environment.database.place);
  postgres::EmbeddedServer server(context.project().root);
  server.ensure_running();
  static_cast<void>(server.conninfo(environment.name));  // makes the database
  return server.url(environment.name);
}

}  // namespace host::cli
