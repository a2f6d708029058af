// SPDX-License-Identifier: MIT
#include "host/cli/review_setting.hpp"

#include <confiture/action.h>
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <utility>

#include "host/cli/console.hpp"
#include "host/cli/highlight.hpp"
#include "host/cli/risk_facts.hpp"
#include "host/foundation/text.hpp"
#include "host/review/provenance.hpp"

namespace host::cli {
namespace {

bool speaks_utf8() {
  for (const char* variable : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (const char* locale = std::getenv(variable); locale != nullptr && *locale != '\0') {
      const std::string name = lower_ascii(locale);
      return name.find("utf-8") != std::string::npos || name.find("utf8") != std::string::npos;
    }
  return false;
}

std::vector<review::Fact> facts_of(Context& context, MigrationRun& migration_run,
                                   std::size_t index) {
  const migrations::Run& run = migration_run.run();
  const bool up = run.plan().direction == migrations::Direction::up;
  const std::filesystem::path file =
      context.project().root / run.plan().steps[index].script.source().name();
  std::vector<review::Fact> facts{
      {"changed", review::describe_provenance(file, std::chrono::system_clock::now())}};
  for (review::Fact& fact : risk_facts(migration_run.risk(), run.plan().steps[index]))
    facts.push_back(std::move(fact));
  for (const hooks::Phase phase :
       {up ? CONFITURE_PHASE_PRE_EXECUTE : CONFITURE_PHASE_PRE_ROLLBACK,
        up ? CONFITURE_PHASE_POST_EXECUTE : CONFITURE_PHASE_POST_ROLLBACK})
    for (const hooks::Hook* hook : run.hooks_of(phase, index))
      facts.push_back({"hook", fmt::format("{} {} ({})", hooks::phase_name(phase), hook->name,
                                           hook->action->id)});
  return facts;
}

}  // namespace

const Option accessible_option{"accessible", "",
                               "lines of words, choices by number: for screen readers"};
const Option ascii_option{"ascii", "", "no line drawing"};

review::WizardSetting review_setting(Context& context, const Arguments& arguments,
                                     MigrationRun& migration_run) {
  review::WizardSetting setting;
  setting.environment = migration_run.environment().name;
  if (!migration_run.run().plan().steps.empty()) setting.plan_hash = migration_run.run().hash();
  setting.look.accessible = arguments.flag("accessible") || accessible_wanted();
  setting.look.ascii = arguments.flag("ascii") || !speaks_utf8();
  if (context.output().color_messages() && !setting.look.accessible)
    setting.look.highlight = highlight_sql;
  setting.questions.patience = context.globals().timeout;
  setting.questions.accessible = setting.look.accessible;
  setting.judge = [&](const migrations::Step& step) { return migration_run.risk().judge(step); };
  setting.facts = [&](std::size_t index) { return facts_of(context, migration_run, index); };
  setting.apply = [&](std::size_t index, const std::string& note) {
    migration_run.execute(index, note);
  };
  return setting;
}

}  // namespace host::cli
