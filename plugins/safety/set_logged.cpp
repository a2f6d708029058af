// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct SetLogged {
  static constexpr RuleRecord record{
      .id = "safety.set_logged",
      .summary = "No table in use becomes LOGGED or UNLOGGED",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "SET LOGGED and SET UNLOGGED write the whole table and its indexes again under an ACCESS "
          "EXCLUSIVE lock. What is UNLOGGED is empty after a crash, is not in a base backup, and "
          "does not reach a replica. A table that the same file made is exempt.",
      .bad = "ALTER TABLE import_row SET LOGGED;",
      .good = "CREATE UNLOGGED TABLE import_row (line text);\nALTER TABLE import_row SET LOGGED;"};

  Sizes sizes;
  static constexpr auto params = confiture::params(field("sizes", &SetLogged::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    const bool unlogged = action.subcommand() == "set_unlogged";
    if ((!unlogged && action.subcommand() != "set_logged") || !is_on_old_table(action)) return;
    const Node table = table_before(action);
    if (is_known(table) && table.is_unlogged() == unlogged) return;  // it is so already
    Finding& finding =
        report.add(action, "table " + text(action.qualified_name()) +
                               " is rewritten while nobody can read or write it" +
                               (unlogged ? ", and is empty after the next crash" : ""));
    if (unlogged)  // how large it is counts for little
      finding.risk(Risk::critical).hint("leave it LOGGED, or make an UNLOGGED table beside it");
    else
      sizes.weigh(report, action, finding,
                  "make a LOGGED table, copy the rows in batches, and let it replace this one");
  }
};

}  // namespace

RuleExtension set_logged() {
  return confiture::rule<SetLogged>();
}

}  // namespace plugins::safety
