// SPDX-License-Identifier: MIT
// confiture hooks list: what is bound for an environment, in the order in which it runs.
#include <confiture/action.h>
#include <fmt/format.h>

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

json::object describe(const config::HookCondition& when) {
  json::object conditions;
  if (!when.direction.empty()) conditions["direction"] = when.direction;
  if (!when.risk.empty()) conditions["risk"] = when.risk;
  if (!when.statements.empty()) conditions["statements"] = json::value_from(when.statements);
  return conditions;
}

std::string in_words(const config::HookCondition& when) {
  std::vector<std::string> conditions;
  if (!when.direction.empty()) conditions.push_back(when.direction);
  if (!when.risk.empty()) conditions.push_back("risk " + when.risk);
  if (!when.statements.empty()) conditions.push_back(join_words(when.statements, "or"));
  return conditions.empty() ? "always" : fmt::format("{}", fmt::join(conditions, ", "));
}

// At which moment of its phase.
std::string_view moment_of(const Hook& hook) {
  if (!hooks::is_transactional(hook.phase)) return "once";
  if (!hook.outside()) return "in the transaction";
  const bool before =
      hook.phase == CONFITURE_PHASE_PRE_EXECUTE || hook.phase == CONFITURE_PHASE_PRE_ROLLBACK;
  return before ? "before the transaction" : "after the commit";
}

json::object describe(const Hook& hook) {
  return {{"phase", hooks::phase_name(hook.phase)},
          {"action", hook.action->id},
          {"name", hook.name},
          {"on_error", hooks::to_string(hook.on_error)},
          {"timeout", format_duration(hook.timeout)},
          {"environments", json::value_from(hook.environments)},
          {"migrations", hook.migrations},
          {"when", describe(hook.when)},
          {"outside", hook.outside()},
          {"writes", hook.writes()},
          {"binds_itself", hook.bound_itself}};
}

Exit run(Context& context, const Arguments&) {
  // Checks that there is such an environment.
  const config::Environment environment = context.environment();
  const std::vector<Hook> bound =
      hooks::bind_hooks(context.project(), context.registry(), environment.name);
  json::array list;
  std::vector<std::vector<std::string>> rows{{"phase", "action", "name", "runs", "on_error",
                                              "timeout", "environments", "migrations", "when"}};
  for (const Hook& hook : bound) {
    list.push_back(describe(hook));
    rows.push_back({std::string(hooks::phase_name(hook.phase)), hook.action->id, hook.name,
                    std::string(moment_of(hook)), std::string(hooks::to_string(hook.on_error)),
                    format_duration(hook.timeout),
                    hook.environments.empty() ? "all" : join_words(hook.environments),
                    hook.migrations, in_words(hook.when)});
    for (const std::string& warning : hook.parameters.warnings) context.output().warning(warning);
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
