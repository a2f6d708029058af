// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <vector>

#include "plugins/action_common/phases.hpp"
#include "plugins/guard/actions.hpp"
#include "plugins/guard/words.hpp"

namespace guard {
namespace {

struct RequireRole {
  std::vector<std::string> role;
  bool members = false;
  static constexpr auto params = confiture::params(
      confiture::field("role", &RequireRole::role,
                       "The role, as the catalog spells it, or a list of which one is enough",
                       "1..63")
          .required(),
      confiture::field("members", &RequireRole::members,
                       "Let those in that are members of the role; a superuser is one of each"));
  static constexpr const char* doc = R"doc(Stops unless the database is used as a certain role.

What a migration creates belongs to the role that runs it: run by the wrong one, the application
cannot use it, or nobody can change it later. Compared is the role that statements run as
(`current_user`).

```yaml
hooks:
  post_validate:
    - action: guard.require_role
      with: { role: schema_owner }
      environments: [production]
```

> the database is used as role 'ada', not as 'schema_owner'
)doc";

  void run(const confiture::Event&, confiture::Context& context) const {
    const confiture::Result current = context.query("SELECT current_user");
    const std::string name(current.at(0, 0).value_or(""));
    if (std::find(role.begin(), role.end(), name) != role.end()) return;
    if (members && is_member(context)) return;
    throw confiture::Error(
        "the database is used as role '" + name + "', not as " + (members ? "a member of " : "") +
            quoted_choice(role),
        "connect as that role, or set it for the login role: ALTER ROLE ... SET role");
  }

 private:
  bool is_member(confiture::Context& context) const {
    for (const std::string& each : role) {
      const confiture::Result found = context.query(
          "SELECT FROM pg_catalog.pg_roles "
          "WHERE rolname = $1 AND pg_catalog.pg_has_role(oid, 'MEMBER')",
          {each});
      if (!found.empty()) return true;
    }
    return false;
  }
};

}  // namespace

confiture::ActionExtension require_role_action() {
  return confiture::action<RequireRole>("guard.require_role",
                                        "Stop unless the database is used as a certain role",
                                        action_common::before_phases);
}

}  // namespace guard
