// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct LockTable {
  static constexpr RuleRecord record{
      .id = "safety.lock_table",
      .summary = "No migration locks a table against readers or writers by itself",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "LOCK TABLE holds its lock to the end of the transaction: SHARE and stronger modes keep "
          "all writers waiting, ACCESS EXCLUSIVE, which is the default, readers too. Statements "
          "take the locks that they need by themselves. Weaker modes, and a table that the same "
          "file made, are exempt.",
      .bad = "LOCK TABLE invoice;",
      .good = "LOCK TABLE invoice IN SHARE UPDATE EXCLUSIVE MODE;"};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "lock_table" || action.created_here() ||
        action.target().is_temporary())
      return;
    const std::string_view mode = action.lock_mode();
    const bool readers = mode == "access_exclusive";
    if (!readers && mode != "share" && mode != "share_row_exclusive" && mode != "exclusive") return;
    report
        .add(action, "nobody can " + std::string(readers ? "read or write " : "write to ") +
                         "table " + text(action.qualified_name()) + " until the transaction ends")
        .hint("leave locks to the statements that need them, or take a weaker mode");
  }
};

}  // namespace

RuleExtension lock_table() {
  return confiture::rule<LockTable>();
}

}  // namespace plugins::safety
