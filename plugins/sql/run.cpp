// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "plugins/sql/actions.hpp"

namespace sql {
namespace {

struct Run {
  std::vector<std::string> query;
  static constexpr auto params =
      confiture::params(confiture::field("query", &Run::query,
                                         "SQL to run: a text, or a list of them in order", "1..")
                            .required());
  static constexpr auto flags = confiture::ActionFlag::writes;
  static constexpr const char* doc = R"doc(Runs SQL on the migration's own connection.

In `pre_execute`, `post_execute`, `pre_rollback` and `post_rollback` it runs inside the migration's
transaction: it sees what the migration has done, and what it does is rolled back with it. It cannot
begin or end a transaction. It does not run in a dry run.

```yaml
hooks:
  post_execute:
    - action: sql.run
      name: refresh the totals
      with: { query: ["REFRESH MATERIALIZED VIEW totals", "ANALYZE totals"] }
      migrations: "*orders*"
```
)doc";

  void run(const confiture::Event&, confiture::Context& context) const {
    for (const std::string& text : query) {
      context.stop_if_cancelled();
      context.query(text);
    }
  }
};

}  // namespace

confiture::ActionExtension run_action() {
  return confiture::action<Run>("sql.run", "Run SQL on the migration's own connection", any_phase);
}

}  // namespace sql
