// SPDX-License-Identifier: MIT
#include "host/cli/confirm.hpp"

#include <fmt/format.h>

#include "host/cli/errors.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"

namespace host::cli {

void confirm_protected(Context& context, const config::Environment& environment,
                       std::string_view deed, const std::optional<std::string>& confirmed) {
  if (!environment.protected_) return;
  const std::string& name = environment.name;
  if (confirmed) {
    if (*confirmed == name) return;
    throw Error(errors::not_confirmed,
                fmt::format("--confirm names '{}', but the environment is '{}'",
                            printable(*confirmed), name));
  }
  Terminal& terminal = context.terminal();
  if (!terminal.interactive())
    throw Error(host::errors::would_ask,
                fmt::format("environment '{}' is protected, and this would {}", name, deed),
                fmt::format("--confirm {} says that you mean it", name));
  terminal.discard_typed_ahead();
  terminal.write(
      fmt::format("Environment '{}' is protected, and this will {}.\n"
                  "Type its name to go on: ",
                  name, deed));
  const std::optional<std::string> answer = terminal.read_line(context.globals().timeout);
  if (!answer) terminal.write("\n");
  if (!answer || trim(*answer) != name)
    throw Error(errors::not_confirmed, "not confirmed; nothing was changed");
}

void require_rehearsal_consent(const config::Environment& environment,
                               const std::optional<std::string>& confirmed) {
  if (!environment.protected_ || confirmed == environment.name) return;
  throw Error(
      host::errors::would_ask,
      fmt::format("environment '{}' is protected, and --dry-run-execute holds the locks of "
                  "the pending migrations while it lasts",
                  environment.name),
      fmt::format("try it on a copy; --confirm {} says that you mean it here", environment.name));
}

}  // namespace host::cli
