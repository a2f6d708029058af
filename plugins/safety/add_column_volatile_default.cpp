// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"
#include "plugins/safety/_volatile.hpp"

namespace plugins::safety {
namespace {

struct AddColumnVolatileDefault {
  static constexpr RuleRecord record{
      .id = "safety.add_column_volatile_default",
      .summary = "No new column has a default that differs from row to row",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "A default that calls a VOLATILE function, such as random(), clock_timestamp() or "
          "gen_random_uuid(), gives each row a value of its own: ADD COLUMN writes the whole table "
          "and its indexes again under an ACCESS EXCLUSIVE lock. Constants, now(), CURRENT_DATE "
          "and other STABLE functions are evaluated once and write nothing. A table that the same "
          "file made is exempt.",
      .bad = "ALTER TABLE customer ADD COLUMN token uuid DEFAULT gen_random_uuid();",
      .good = "ALTER TABLE customer ADD COLUMN seen_at timestamptz DEFAULT now();"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &AddColumnVolatileDefault::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    const Node column = added_column(action);
    if (!column || column.is_serial() || column.is_identity() || column.is_generated()) return;
    std::string_view value = column.default_sql();
    if (value.empty() && column.type().kind() == NodeKind::domain && column.array_dimensions() == 0)
      value = column.type().default_sql();
    if (value.empty()) return;
    const VolatileCall call = volatile_call(report.expression(value), action.parent().parent());
    if (call.volatility == Volatility::none) return;
    const bool sure = call.volatility == Volatility::sure;
    Finding& finding = report.add(
        action, column_of(action) + " gets a value of " + call.function +
                    " for each row: the table is rewritten while nobody can read or write it" +
                    (sure ? "" : ", unless the function is STABLE or IMMUTABLE"));
    if (!sure) finding.severity(Severity::warning);
    sizes.weigh(report, action, finding,
                "add the column without a default, SET DEFAULT, and fill the old rows in batches");
  }
};

}  // namespace

RuleExtension add_column_volatile_default() {
  return confiture::rule<AddColumnVolatileDefault>();
}

}  // namespace plugins::safety
