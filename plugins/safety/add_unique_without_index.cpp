// SPDX-License-Identifier: MIT
#include "plugins/safety/_index_first.hpp"

namespace plugins::safety {
namespace {

struct AddUniqueWithoutIndex {
  static constexpr RuleRecord record{
      .id = "safety.add_unique_without_index",
      .summary = "A unique constraint takes over an index that was built CONCURRENTLY",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "ADD UNIQUE builds an index under an ACCESS EXCLUSIVE lock: nobody can read or write the "
          "table until all of its rows are sorted. A unique constraint cannot be NOT VALID; but "
          "its index can be built before, CONCURRENTLY, and USING INDEX then takes a moment. A "
          "table that the same file made is exempt.",
      .bad = "ALTER TABLE customer ADD CONSTRAINT customer_email_key UNIQUE (email);",
      .good =
          "ALTER TABLE customer ADD CONSTRAINT customer_email_key UNIQUE USING INDEX "
          "customer_email_idx;"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &AddUniqueWithoutIndex::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    const Node constraint = added_constraint(action, "unique");
    if (!constraint || !constraint.using_index().empty()) return;
    Finding& finding =
        report.add(action, "unique constraint " + quoted(constraint.name()) +
                               " builds its index while nobody can read or write table " +
                               text(action.qualified_name()));
    hint_index_first(finding, action, constraint, sizes, report);
  }
};

}  // namespace

RuleExtension add_unique_without_index() {
  return confiture::rule<AddUniqueWithoutIndex>();
}

}  // namespace plugins::safety
