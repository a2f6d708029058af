// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct TruncateCascade {
  static constexpr RuleRecord record{
      .id = "safety.truncate_cascade",
      .summary = "No table empties those that refer to it",
      .severity = Severity::error,
      .risk = Risk::critical,
      .kinds = {NodeKind::subcommand},
      .why =
          "TRUNCATE ... CASCADE also deletes all rows of every table with a foreign key to this "
          "one, and of those that refer to them, whatever their ON DELETE says. Without CASCADE "
          "the statement fails and names them. A table that the same file made is exempt, and one "
          "that nothing refers to.",
      .bad = "TRUNCATE customer CASCADE;",
      .good = "TRUNCATE customer, invoice;"};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "truncate_table" || action.behavior() != "cascade") return;
    const Node table = action.target();
    if (action.created_here() || table.is_temporary()) return;
    std::string others;
    for (const Node& key : table.referenced_by())
      if (key.parent() != table && !is_named(action.parent(), key.parent()))
        others += (others.empty() ? "" : ", ") + text(key.parent().qualified_name());
    if (is_known(table) && others.empty()) return;
    report
        .add(action, "emptying table " + text(action.qualified_name()) + " empties " +
                         (others.empty() ? "all that refer to it" : others) + ", too")
        .hint("name the tables that have to be emptied, and leave CASCADE out");
  }

 private:
  static bool is_named(const Node& statement, const Node& table) {
    for (const Node& action : statement.subcommands())
      if (action.target() == table) return true;
    return false;
  }
};

}  // namespace

RuleExtension truncate_cascade() {
  return confiture::rule<TruncateCascade>();
}

}  // namespace plugins::safety
