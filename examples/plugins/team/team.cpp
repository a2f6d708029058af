// SPDX-License-Identifier: MIT
// confiture-team.so: a hook that binds itself, actions that are made from a list at run time, and a
// rule.
#include <confiture/plugin.hpp>

#include <cstddef>
#include <string>

using namespace confiture;

namespace {

// [binds_itself]
struct NeedsSummary {
  static constexpr auto flags = ActionFlag::binds_itself;
  void run(const Event& event, Context&) const {
    if (!event.migration().summary().empty()) return;
    throw Error("the migration does not say what it is for",
                "write in the first lines of its file: -- summary: ...");
  }
};
// [binds_itself]

// [list]
struct Check {
  const char *id, *summary, *offenders;
};
constexpr Check checks[] = {
    {"team.no_free_orders", "Orders cost something", "SELECT id FROM orders WHERE total <= 0"},
    {"team.no_lone_orders", "Orders have a customer that is there",
     "SELECT id FROM orders o WHERE NOT EXISTS (SELECT FROM customers WHERE id = o.customer_id)"},
};

Extensions made_of_checks() {
  Extensions made;
  for (const Check& check : checks)
    made.push_back(action(check.id, check.summary, Phase::post_execute | Phase::post_complete,
                          [&check](const Event&, Context& context) {
                            const std::size_t rows = context.query(check.offenders).size();
                            if (rows > 0) throw Error(std::to_string(rows) + " orders are wrong");
                          }));
  return made;
}
// [list]

// [rule]
struct MoneyInCents {
  static constexpr RuleRecord record{
      .id = "team.money_in_cents",
      .summary = "Money is kept in whole cents",
      .severity = Severity::warning,
      .kinds = {NodeKind::column},
      .why = "Our services count in cents; a numeric with a fraction is rounded by each of them anew.",
      .bad = "CREATE TABLE product (id bigint PRIMARY KEY, price numeric(12, 2));",
      .good = "CREATE TABLE product (id bigint PRIMARY KEY, price_cents bigint);",
      .category = "structure"};

  void check(const Node& column, Report& report) const {
    const std::string name(column.name());
    if (name.find("price") == std::string::npos || column.type_name() == "int8") return;
    report.add(column, "column " + std::string(column.qualified_name()) + " is no bigint of cents")
        .hint("name it " + name + "_cents and make it bigint");
  }
};
// [rule]

}  // namespace

// [entry]
CONFITURE_PLUGIN("team", "1.0.0", "The team's hooks and rules",
                 action<NeedsSummary>("team.needs_summary", "Migrations say what they are for",
                                      Phase::pre_execute),
                 made_of_checks(), rule<MoneyInCents>(), needs(CONFITURE_SERVICE_DB))
// [entry]
