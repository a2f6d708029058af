// SPDX-License-Identifier: MIT
#include "plugins/common/live.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::performance {
namespace {

struct LiveNotValidConstraint {
  static constexpr RuleRecord record{
      .id = "performance.live_not_valid_constraint",
      .summary = "Every constraint of the database is validated",
      .severity = Severity::off,
      .kinds = {NodeKind::database},
      .scope = live_scope,
      .why =
          "A constraint that was added NOT VALID holds for new rows only, until VALIDATE "
          "CONSTRAINT has\n"
          "read the old ones. The planner does not rely on it, and neither should people.",
      .bad = "ALTER TABLE invoice ADD CONSTRAINT paid CHECK (paid >= 0) NOT VALID;",
      .good =
          "ALTER TABLE invoice ADD CONSTRAINT paid CHECK (paid >= 0) NOT VALID;\n"
          "ALTER TABLE invoice VALIDATE CONSTRAINT paid;"};

  std::vector<std::string> exclude;
  static constexpr auto params = confiture::params(
      field("exclude", &LiveNotValidConstraint::exclude, "Tables that are left alone"));

  void check(const Node& database, Report& report) const {
    // NOT ENFORCED, from PostgreSQL 18 on, means it.
    const auto rows = rows_of(
        report,
        "SELECT n.nspname, c.relname, o.conname FROM pg_constraint o"
        " JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE NOT o.convalidated AND o.conparentid = 0"
        " AND coalesce((to_jsonb(o) ->> 'conenforced')::boolean, true) ORDER BY 1, 2, 3");
    for (const auto& row : rows) {
      const Node table = relation_of(database, *row[0], *row[1]);
      if (is_listed(table, exclude)) continue;
      report
          .add(part_of(table, *row[2]), "constraint " + quoted(*row[2]) + " of table " +
                                            quoted(*row[1]) +
                                            " was never validated: older rows may break it")
          .hint("validate it, which reads the table and blocks no writes")
          .suggestion("ALTER TABLE " + text(table.qualified_name()) + " VALIDATE CONSTRAINT " +
                      quoted(*row[2]) + ";");
    }
  }
};

}  // namespace

RuleExtension live_not_valid_constraint() {
  return confiture::rule<LiveNotValidConstraint>();
}

}  // namespace plugins::performance
