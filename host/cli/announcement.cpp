// SPDX-License-Identifier: MIT
#include "host/cli/announcement.hpp"

#include <algorithm>

#include "host/hooks/runner.hpp"

namespace host::cli {

void announce(Context& context, hooks::Phase phase, postgres::Connection& connection) {
  const auto& bound = context.project().hooks;
  if (std::none_of(bound.begin(), bound.end(), [&](const config::HookBinding& hook) {
        return hook.phase == hooks::phase_name(phase);
      }))
    return;
  const std::string& environment = context.globals().environment;
  const auto warn = [&](std::string_view text) { context.output().warning(text); };
  try {
    hooks::Runner runner(hooks::bind_hooks(context.project(), context.registry(), environment),
                         context.session(),
                         {environment, postgres::identify(connection).database, warn});
    hooks::Event event;
    event.phase = phase;
    event.status = "pending";
    event.direction = "up";
    runner.fire(event, &connection);
  } catch (const Error& error) {
    warn(error.message());
  }
}

}  // namespace host::cli
