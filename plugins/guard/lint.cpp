// SPDX-License-Identifier: MIT
#include <confiture/linter.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/guard/actions.hpp"

namespace guard {
namespace {

using confiture::Linter;
using confiture::Severity;

std::string_view word(Severity severity) {
  constexpr std::array<std::string_view, 5> words{"off", "info", "warning", "error", "critical"};
  return words[static_cast<std::size_t>(severity)];
}

// As `confiture lint` writes it: FILE:LINE:COLUMN: SEVERITY[RULE]: MESSAGE.
std::string line_of(const Linter::Finding& finding) {
  return std::string(confiture::to_view(finding.location.file)) + ":" +
         std::to_string(finding.location.line) + ":" + std::to_string(finding.location.column) +
         ": " + std::string(word(finding.severity)) + "[" + std::string(finding.rule) +
         "]: " + std::string(finding.message);
}

struct Lint {
  enum class Level { info, warning, error, critical };

  Level fail_level = Level::error;
  std::vector<std::string> select, ignore;
  static constexpr auto params = confiture::params(
      confiture::field("fail_level", &Lint::fail_level, "The mildest severity that stops it",
                       confiture::choices("info", "warning", "error", "critical")),
      confiture::field("select", &Lint::select,
                       "Rules or categories: only these, also those that are off", "1.."),
      confiture::field("ignore", &Lint::ignore, "Rules or categories: all but these", "1.."));
  static constexpr const char* doc = R"doc(Stops a migration in which the linter finds too much.

The rules are those of `linting:` in db/confiture.yaml, and comments in a file allow what they allow
there: it is `confiture lint` at the moment at which it counts. In `post_validate` all pending
migrations are judged before the first one runs, in `pre_execute` each before it runs. What stops it
is shown line by line; what is milder than `fail_level` is shown with `-v`. The way down of a migration
undoes on purpose and is not judged. The number of findings is left as `lint.findings` for later hooks.

```yaml
hooks:
  post_validate:
    - action: guard.lint
      with: { select: safety, fail_level: warning }
      environments: [production]
```

> 1 finding of severity 'warning' or above in the pending migrations
)doc";

  // An unknown rule is found before anything runs.
  void prepare(confiture::Call& call) const { Linter(call, {select, ignore}); }

  void run(const confiture::Event& event, confiture::Context& context) const {
    const confiture::Node judged = event.migration() ? event.migration() : event.plan();
    const auto findings = Linter(context, {select, ignore}).judge(judged);
    context.set_metadata("lint.findings", std::to_string(findings.size()));
    std::size_t grave = 0;
    for (const Linter::Finding& finding : findings) {
      const bool stops = finding.severity >= level();
      grave += stops ? 1 : 0;
      context.log(stops ? CONFITURE_LOG_WARN : CONFITURE_LOG_DEBUG, line_of(finding));
    }
    if (grave == 0) return;
    throw confiture::Error(std::to_string(grave) + (grave == 1 ? " finding" : " findings") +
                               " of severity '" + std::string(word(level())) + "'" +
                               (fail_level == Level::critical ? "" : " or above") + " in " +
                               (event.migration() ? "the migration" : "the pending migrations"),
                           "mend the statements; confiture lint shows how");
  }

 private:
  Severity level() const {
    return static_cast<Severity>(static_cast<int>(fail_level) + static_cast<int>(Severity::info));
  }
};

}  // namespace

confiture::ActionExtension lint_action() {
  return confiture::action<Lint>("guard.lint",
                                 "Stop a migration in which the linter finds too much",
                                 confiture::Phase::post_validate | confiture::Phase::pre_execute);
}

}  // namespace guard
