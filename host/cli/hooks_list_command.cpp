// SPDX-License-Identifier: MIT
// confiture hooks list: what is bound for an environment, in the order in which it runs.
#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"
#include "host/hooks/binding.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using hooks::Hook;

json::object describe(const Hook& hook) {
  return {{"phase", hooks::phase_name(hook.phase)},
          {"action", hook.action->id},
          {"name", hook.name},
          {"on_error", hooks::to_string(hook.on_error)},
          {"timeout", format_duration(hook.timeout)},
          {"environments", json::value_from(hook.environments)},
          {"migrations", hook.migrations},
          {"binds_itself", hook.bound_itself}};
}

Exit run(Context& context, const Arguments&) {
  // Checks that there is such an environment.
  const config::Environment environment = context.environment();
  const std::vector<Hook> bound =
      hooks::bind_hooks(context.project(), context.registry(), environment.name);
  json::array list;
  std::vector<std::vector<std::string>> rows{
      {"phase", "action", "name", "on_error", "timeout", "environments", "migrations"}};
  for (const Hook& hook : bound) {
    list.push_back(describe(hook));
    rows.push_back({std::string(hooks::phase_name(hook.phase)), hook.action->id, hook.name,
                    std::string(hooks::to_string(hook.on_error)), format_duration(hook.timeout),
                    hook.environments.empty() ? "all" : join_words(hook.environments),
                    hook.migrations});
  }
  if (bound.empty()) {
    context.output().line("no hooks");
  } else {
    std::string table = format_table(rows);
    table.pop_back();
    context.output().line(table);
  }
  context.output().document(true, {{"hooks", std::move(list)}});
  return Exit::done;
}

}  // namespace

extern const Command hooks_list_command;
const Command hooks_list_command{
    "hooks list", "", "show the hooks of the environment, in the order in which they run", {}, 0, 0,
    run};

}  // namespace host::cli
