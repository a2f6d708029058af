// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "plugins/maintenance/actions.hpp"
#include "plugins/maintenance/relations.hpp"

namespace maintenance {
namespace {

struct Analyze {
  std::vector<std::string> tables;
  static constexpr auto params = confiture::params(
      confiture::field("tables", &Analyze::tables,
                       "A table or a list of them, as SQL writes them; empty: what the migration "
                       "has touched",
                       "1.."));
  static constexpr auto flags = confiture::ActionFlag::writes;
  static constexpr const char* doc = R"doc(Gathers the planner's statistics anew.

After a migration that adds a column, fills a table or builds an index on an expression, plans are
made from old statistics until autovacuum comes by.

Without `tables` it takes the tables and materialized views that the migration's own transaction has
changed: those on which it holds a lock stronger than reading takes. That is known inside the
transaction only: in `post_complete` and `post_sync`, and for a migration without a transaction,
name the tables. Not in a dry run.

```yaml
hooks:
  post_execute:
    - action: maintenance.analyze
      migrations: "*_backfill_*"
      timeout: 5m
```
)doc";

  void run(const confiture::Event& event, confiture::Context& context) const {
    std::vector<std::string> names;
    if (!tables.empty()) {
      for (const std::string& table : tables) names.push_back(find_relation(table, context).name);
    } else if (event.in_transaction()) {
      names = touched_relations(context);
    } else {
      throw confiture::Error("outside a transaction it is not known what was touched",
                             "name the tables: with: { tables: [...] }");
    }
    for (const std::string& name : names) {
      context.stop_if_cancelled();
      context.query("ANALYZE " + name);
      context.debug("analyzed " + name);
    }
  }
};

}  // namespace

confiture::ActionExtension analyze_action() {
  return confiture::action<Analyze>("maintenance.analyze", "Gather the planner's statistics anew",
                                    after_phases);
}

}  // namespace maintenance
