// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct Truncate {
  static constexpr RuleRecord record{
      .id = "safety.truncate",
      .summary = "No migration empties a table that holds data",
      .severity = Severity::error,
      .risk = Risk::critical,
      .kinds = {NodeKind::subcommand},
      .why =
          "TRUNCATE deletes all rows under an ACCESS EXCLUSIVE lock, fires no DELETE trigger, and "
          "other transactions see an empty table, those too that began before. A table that the "
          "same file made is no loss.",
      .bad = "TRUNCATE invoice;",
      .good = "CREATE TABLE invoice_draft (id bigint);\nTRUNCATE invoice_draft;"};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "truncate_table" || action.created_here() ||
        action.target().is_temporary())
      return;
    report.add(action, "all rows of table " + text(action.qualified_name()) + " are deleted")
        .hint("keep a backup, and delete by DELETE ... WHERE in batches what has to go");
  }
};

}  // namespace

RuleExtension truncate() {
  return confiture::rule<Truncate>();
}

}  // namespace plugins::safety
