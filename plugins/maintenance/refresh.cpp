// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "plugins/maintenance/actions.hpp"
#include "plugins/maintenance/relations.hpp"

namespace maintenance {
namespace {

struct Refresh {
  std::vector<std::string> views;
  bool concurrently = false;
  static constexpr auto params = confiture::params(
      confiture::field("views", &Refresh::views,
                       "A materialized view or a list of them, as SQL writes them, in order", "1..")
          .required(),
      confiture::field("concurrently", &Refresh::concurrently,
                       "Let others read meanwhile, where a unique index allows it"));
  static constexpr auto flags = confiture::ActionFlag::writes;
  static constexpr const char* doc = R"doc(Refreshes materialized views.

They are refreshed in the order in which they are listed: one that reads another comes after it. With
`concurrently: true` readers are not locked out, which takes a unique index on columns alone, without
a WHERE, and a view that has been filled before; any other view is refreshed the plain way, and a
message says so. Bound to `post_execute` it is part of the migration's transaction. Not in a dry run.

```yaml
hooks:
  post_complete:
    - action: maintenance.refresh
      with: { views: [reports.daily_sales, reports.monthly_sales], concurrently: true }
      timeout: 10m
```
)doc";

  void run(const confiture::Event&, confiture::Context& context) const {
    for (const std::string& view : views) {
      context.stop_if_cancelled();
      const Relation relation = find_relation(view, context);
      if (relation.kind != 'm') throw confiture::Error("'" + view + "' is not a materialized view");
      const bool gently = concurrently && allows_concurrently(relation.name, context);
      if (concurrently && !gently)
        context.info("refreshing " + relation.name +
                     " locks its readers out: it has no unique index for CONCURRENTLY, or was "
                     "never filled");
      context.query("REFRESH MATERIALIZED VIEW " + std::string(gently ? "CONCURRENTLY " : "") +
                    relation.name);
      context.debug("refreshed " + relation.name);
    }
  }

 private:
  static bool allows_concurrently(const std::string& name, confiture::Context& context) {
    return !context
                .query(
                    "SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_index i "
                    "ON i.indrelid = c.oid WHERE c.oid = pg_catalog.to_regclass($1) "
                    "AND c.relispopulated AND i.indisunique AND i.indisvalid AND i.indimmediate "
                    "AND i.indpred IS NULL AND i.indexprs IS NULL",
                    {name})
                .empty();
  }
};

}  // namespace

confiture::ActionExtension refresh_action() {
  return confiture::action<Refresh>("maintenance.refresh", "Refresh materialized views",
                                    after_phases);
}

}  // namespace maintenance
