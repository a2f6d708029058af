// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <vector>

#include "plugins/action_common/phases.hpp"
#include "plugins/guard/actions.hpp"
#include "plugins/guard/words.hpp"

namespace guard {
namespace {

struct Environment {
  std::vector<std::string> only;
  static constexpr auto params = confiture::params(
      confiture::field("only", &Environment::only,
                       "The environments in which it may go on: a name or a list", "1..")
          .required());
  static constexpr const char* doc = R"doc(Stops in every environment but some.

Bind it to the migrations that must not run everywhere. (`environments:` of a hook says where the hook
runs; this says where the migration may.)

```yaml
hooks:
  pre_execute:
    - action: guard.environment
      name: test data stays out of production
      with: { only: [local, staging] }
      migrations: "*_test_data"
```

> environment 'production' is not one of those in which this may run: 'local' or 'staging'
)doc";

  void run(const confiture::Event& event, confiture::Context&) const {
    if (std::find(only.begin(), only.end(), event.environment()) != only.end()) return;
    throw confiture::Error("environment '" + std::string(event.environment()) +
                           "' is not one of those in which this may run: " + quoted_choice(only));
  }
};

}  // namespace

confiture::ActionExtension environment_action() {
  return confiture::action<Environment>("guard.environment", "Stop in every environment but some",
                                        action_common::before_phases);
}

}  // namespace guard
